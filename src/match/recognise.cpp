#include "match/recognise.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>

#include "base/math.h"
#include "param/slot_name.h"

namespace drumgen {
namespace {

#include "match/drum_kinds.inc"

bool is_among(std::string_view word, std::string_view words) {
    std::size_t at = 0;
    while (at < words.size()) {
        const std::size_t end = std::min(words.find(' ', at), words.size());
        if (words.substr(at, end - at) == word) {
            return true;
        }
        at = end + 1;
    }
    return false;
}

}  // namespace

const Instrument* instrument_in_name(std::string_view name) {
    const Instrument* found = nullptr;
    for (const std::string& word : words_in_name(name)) {
        for (const Instrument* instrument : instruments()) {
            if (word == instrument->name || is_among(word, instrument->also_called)) {
                found = instrument;
            }
        }
    }
    return found;
}

std::vector<const Instrument*> instruments_like(const HitTable& hit) {
    std::array<double, std::size(kind_levels)> nearness{};
    for (std::size_t kind = 0; kind < nearness.size(); ++kind) {
        double sum = 0;
        for (std::size_t cell = 0; cell < hit_cells; ++cell) {
            if (cell % hit_windows < hit.windows) {
                const double apart =
                    static_cast<double>(hit.level_db[cell]) - kind_levels[kind][cell];
                sum += apart * apart;
            }
        }
        const double square = sum / static_cast<double>(hit_bands * hit.windows);
        nearness[kind] = math::exp(-square / (kind_width_db * kind_width_db));
    }
    std::vector<std::pair<double, const Instrument*>> ranked;
    for (const Instrument* instrument : instruments()) {
        // One that nothing is known of comes last.
        double score = -1e9;
        const auto* const name = std::find(kind_names.begin(), kind_names.end(), instrument->name);
        if (name != kind_names.end()) {
            const auto column = static_cast<std::size_t>(name - kind_names.begin());
            score = static_cast<double>(kind_weights[nearness.size()][column]);
            for (std::size_t kind = 0; kind < nearness.size(); ++kind) {
                score += nearness[kind] * static_cast<double>(kind_weights[kind][column]);
            }
        }
        ranked.emplace_back(score, instrument);
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<const Instrument*> like;
    for (const auto& [score, instrument] : ranked) {
        like.push_back(instrument);
    }
    return like;
}

}  // namespace drumgen

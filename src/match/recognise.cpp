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
#include "match/loop_kinds.inc"

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

namespace {

/// What is known of the sounds of instruments: typical hits, and what nearness to each says.
template <std::size_t hits, std::size_t names>
struct Kinds {
    const std::int8_t (&levels)[hits][hit_cells];
    const float (&weights)[hits + 1][names];  ///< the last row: of every hit
    const std::array<std::string_view, names>& instruments;
    double width_db;
};

template <std::size_t hits, std::size_t names>
std::vector<const Instrument*> ranked(const Kinds<hits, names>& kinds, const HitTable& hit) {
    std::array<double, hits> nearness{};
    for (std::size_t kind = 0; kind < hits; ++kind) {
        double sum = 0;
        for (std::size_t cell = 0; cell < hit_cells; ++cell) {
            if (cell % hit_windows < hit.windows) {
                const double apart =
                    static_cast<double>(hit.level_db[cell]) - kinds.levels[kind][cell];
                sum += apart * apart;
            }
        }
        const double square = sum / static_cast<double>(hit_bands * hit.windows);
        nearness[kind] = math::exp(-square / (kinds.width_db * kinds.width_db));
    }
    std::vector<std::pair<double, const Instrument*>> scores;
    for (const Instrument* instrument : instruments()) {
        // One that nothing is known of comes last.
        double score = -1e9;
        const auto& known = kinds.instruments;
        const auto name = std::find(known.begin(), known.end(), instrument->name);
        if (name != known.end()) {
            const auto column = static_cast<std::size_t>(name - known.begin());
            score = static_cast<double>(kinds.weights[hits][column]);
            for (std::size_t kind = 0; kind < hits; ++kind) {
                score += nearness[kind] * static_cast<double>(kinds.weights[kind][column]);
            }
        }
        scores.emplace_back(score, instrument);
    }
    std::stable_sort(scores.begin(), scores.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<const Instrument*> like;
    for (const auto& [score, instrument] : scores) {
        like.push_back(instrument);
    }
    return like;
}

}  // namespace

std::vector<const Instrument*> instruments_like(const HitTable& hit) {
    return ranked(Kinds<std::size(kind_levels), kind_names.size()>{kind_levels, kind_weights,
                                                                   kind_names, kind_width_db},
                  hit);
}

const Instrument& instrument_of(const HitTable& hit, std::string_view name) {
    const Instrument* const named = instrument_in_name(name);
    return named != nullptr ? *named : *instruments_like(hit).front();
}

std::vector<const Instrument*> instruments_in_loop(const HitTable& hit) {
    return ranked(Kinds<std::size(loop_levels), loop_names.size()>{loop_levels, loop_weights,
                                                                   loop_names, loop_width_db},
                  hit);
}

}  // namespace drumgen

#include "match/recognise.h"

#include <algorithm>
#include <string>
#include <utility>

#include "match/difference.h"
#include "match/known_sounds.h"
#include "param/slot_name.h"

namespace drumgen {
namespace {

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
    std::vector<std::pair<double, const Instrument*>> ranked;
    for (const Instrument* instrument : instruments()) {
        double nearest = 1e9;
        for (const KnownSound& known : known_sounds(*instrument, 1)) {
            nearest = std::min(nearest, difference(hit, known.table).total());
        }
        ranked.emplace_back(nearest, instrument);
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<const Instrument*> like;
    for (const auto& [nearest, instrument] : ranked) {
        like.push_back(instrument);
    }
    return like;
}

}  // namespace drumgen

#include "kit/loop_names.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string_view>

#include "base/text.h"

namespace drumgen {
namespace {

using Names = std::vector<std::string_view>;

/// What the drums of one instrument are called, and by what they are put in order.
struct Naming {
    Names names;
    std::vector<double> order;  ///< of each drum: the least has the first name
};

Naming hat_names(const std::vector<const LoopDrum*>& drums) {
    Naming naming{{"closed_hat", "open_hat", "pedal_hat"}, {}};
    for (const LoopDrum* drum : drums) {
        constexpr double unknown_db = 40;  // cut off by the next hit, as closed ones are
        naming.order.push_back(-drum->fall_db.value_or(unknown_db));
    }
    constexpr double open_db = 11;
    if (drums.size() == 1 && -naming.order[0] < open_db) {
        naming.names = {"open_hat"};
    }
    return naming;
}

Naming tom_names(const std::vector<const LoopDrum*>& drums) {
    Naming naming{{"floor_tom", "low_tom", "mid_tom", "high_tom"}, {}};
    if (drums.size() < naming.names.size()) {
        naming.names = drums.size() == 3 ? Names{"low_tom", "mid_tom", "high_tom"}
                                         : Names{"low_tom", "high_tom"};
    }
    for (const LoopDrum* drum : drums) {
        naming.order.push_back(drum->pitch);
    }
    return naming;
}

Naming other_names(const std::vector<const LoopDrum*>& drums, std::string_view kind) {
    Naming naming{{kind}, {}};
    double most = 0;
    for (const LoopDrum* drum : drums) {
        const auto strokes = static_cast<double>(drum->strokes.size());
        naming.order.push_back(-strokes);
        most = std::max(most, strokes);
    }
    constexpr double often = 4;
    if (kind == "cymbal") {
        naming.names = most < often ? Names{"crash", "crash_2"} : Names{"ride", "crash", "crash_2"};
    }
    return naming;
}

}  // namespace

std::vector<std::string> loop_drum_names(const std::vector<LoopDrum>& drums) {
    std::map<std::string_view, std::vector<std::size_t>> kinds;
    for (std::size_t k = 0; k < drums.size(); ++k) {
        kinds[drums[k].instrument->name].push_back(k);
    }
    std::vector<std::string> all(drums.size());
    for (const auto& [kind, places] : kinds) {
        std::vector<const LoopDrum*> ones;
        for (const std::size_t place : places) {
            ones.push_back(&drums[place]);
        }
        const Naming naming = kind == "hat"   ? hat_names(ones)
                              : kind == "tom" ? tom_names(ones)
                                              : other_names(ones, kind);
        std::vector<std::size_t> ranks(places.size());
        std::iota(ranks.begin(), ranks.end(), std::size_t{0});
        std::stable_sort(ranks.begin(), ranks.end(), [&](std::size_t a, std::size_t b) {
            return naming.order[a] < naming.order[b];
        });
        for (std::size_t rank = 0; rank < ranks.size(); ++rank) {
            const std::size_t last = naming.names.size() - 1;
            std::string& name = all[places[ranks[rank]]];
            name = naming.names[std::min(rank, last)];
            if (rank > last) {
                name += formatted("_{}", rank - last + 1);
            }
        }
    }
    return all;
}

}  // namespace drumgen

#include <algorithm>

#include "base/edit_distance.h"
#include "param/state.h"

namespace drumgen {

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
    constexpr std::size_t farthest = 2;  // edits; further off, a suggestion is noise
    std::string_view best;
    std::size_t least = farthest + 1;
    for (const std::string_view candidate : candidates) {
        const auto [shorter, longer] = std::minmax({word.size(), candidate.size()});
        if (longer - shorter > farthest) {
            continue;
        }
        const std::size_t edits = edit_distance(word, candidate);
        if (edits < least && edits < longer) {  // as many edits as letters: nothing in common
            least = edits;
            best = candidate;
        }
    }
    return best;
}

}  // namespace drumgen

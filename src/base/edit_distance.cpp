#include "base/edit_distance.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace drumgen {

std::size_t edit_distance(std::string_view left, std::string_view right) {
    // Three rows of the table of distances between prefixes: two back, one back, current.
    std::vector<std::size_t> before(right.size() + 1);
    std::vector<std::size_t> above(right.size() + 1);
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(above.begin(), above.end(), std::size_t{0});
    for (std::size_t i = 1; i <= left.size(); ++i) {
        row[0] = i;
        for (std::size_t k = 1; k <= right.size(); ++k) {
            const std::size_t replaced = above[k - 1] + (left[i - 1] == right[k - 1] ? 0U : 1U);
            row[k] = std::min({replaced, above[k] + 1, row[k - 1] + 1});
            if (i > 1 && k > 1 && left[i - 1] == right[k - 2] && left[i - 2] == right[k - 1]) {
                row[k] = std::min(row[k], before[k - 2] + 1);
            }
        }
        before.swap(above);
        above.swap(row);
    }
    return above[right.size()];
}

}  // namespace drumgen

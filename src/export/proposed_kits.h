#pragma once

#include <cstdint>
#include <string>

#include "explore/sampler.h"

namespace drumgen {

/// What kits are proposed for, as it is typed.
struct KitProposals {
    std::string key;    ///< "F#m"; empty: each kit its own
    std::string tempo;  ///< beats a minute; empty: 120
    std::uint64_t seed = 0;
    std::uint64_t first = 0;  ///< indexes from here to before `last`
    std::uint64_t last = 1;
    double wild =
        Typical{}.wild;  ///< share of the draws that are even, where the others are typical drums
};

/// Prints proposed kits as JSON Lines. Throws Error (invalid).
void print_proposed_kits(const KitProposals& wanted);

}  // namespace drumgen

#pragma once

#include <string>
#include <vector>

#include "kit/kit_plan.h"

namespace drumgen {

/// One instrument of a kit in Hydrogen.
struct HydrogenRow {
    const KitVoice* voice = nullptr;  ///< of the plan
    std::string name{};
    int key = 0;             ///< MIDI
    std::string type{};      ///< by which versions from 1.3 on know it; may be empty; all differ
    bool is_filled = false;  ///< no drum of its own: the nearest relative of the row's
};

/// The rows of a kit. They begin in the order of Hydrogen's own kits, by which a song finds them when
/// it gets another kit: a row whose drum the kit has not is its nearest relative's once more. What
/// is left stands behind. With AnsweredKeys::own the rows are the voices in their order.
///   plan   outlives the rows
[[nodiscard]] std::vector<HydrogenRow> hydrogen_rows(const KitPlan& plan);

}  // namespace drumgen

#pragma once

#include <string>
#include <vector>

#include "match/loop_drums.h"
#include "match/match_hit.h"
#include "match/recording.h"

namespace drumgen {

/// A drum of a loop as a slot of a kit.
struct LoopSlot {
    LoopDrum drum;
    std::string name;
    int key = 0;
    Match match{};
    double gain_db = 0;  ///< of the slot beside what a kit gives it
};

/// The drums of a loop, in the order of their keys, not matched yet. Throws Error (invalid) when the
/// loop has more hits than max_loop_hits.
///   place   names the loop in messages
[[nodiscard]] std::vector<LoopSlot> loop_slots(const Recording& loop, const std::string& place);

/// Looks for the patch of a slot.
void match_slot(const Recording& loop, LoopSlot& slot, const MatchOptions& options);

/// Decides how loud each matched slot is beside what a kit would make it, so that all are as they
/// are in the loop. The loudest has nothing added.
void give_levels(std::vector<LoopSlot>& slots);

/// The patch of a slot in JSON, with its level and the hits that it stands for.
[[nodiscard]] std::string loop_slot_json(const LoopSlot& slot);

}  // namespace drumgen

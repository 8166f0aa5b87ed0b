#pragma once

#include <optional>
#include <string>

#include "batch/reporter.h"
#include "drumgen/error.h"
#include "session/match_request.h"

namespace drumgen {

/// A loop that is to become a kit, and its groove.
struct LoopRequest {
    MatchRequest match;         ///< of one recording
    std::string groove{};       ///< file for it, *.mid or *.jsonl; empty: none
    std::optional<double> bpm;  ///< its tempo; absent: as it is found
};

/// Writes a patch for each drum of a loop to standard output, a line each, with the name of its slot
/// in a kit, the hits that it stands for and its level; and the groove. Throws Error.
[[nodiscard]] Status match_loop(const LoopRequest& request, Reporter& reporter);

}  // namespace drumgen

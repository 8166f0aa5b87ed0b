#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "drumgen/patch.h"
#include "match/match_hit.h"
#include "match/onsets.h"

namespace drumgen {

/// What recordings are to be matched, and with what.
struct MatchRequest {
    std::vector<std::string> words;             ///< sound files, or "-" for standard input
    const Instrument* instrument = nullptr;     ///< null: the one that each sounds most like
    MatchOptions options;                       ///< of each; its threads are shared out of `jobs`
    std::size_t hit = 1;                        ///< which of a file's hits, from 1
    double sensitivity = standard_sensitivity;  ///< with which hits are found, 0..1
    std::string plot;   ///< template of pictures of recording and match; or none
    unsigned jobs = 1;  ///< threads
};

}  // namespace drumgen

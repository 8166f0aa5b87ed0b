#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "drumgen/patch.h"
#include "match/onsets.h"

namespace drumgen {

/// What recordings are to be matched, and with what.
struct MatchRequest {
    std::vector<std::string> words;          ///< sound files, or "-" for standard input
    const Instrument* instrument = nullptr;  ///< null: the one that each sounds most like
    std::optional<Patch> like;               ///< to start from, and what is locked is taken from
    std::vector<std::string> lock;           ///< "KEY=VALUE", or "KEY" for what `like` has
    std::vector<std::string> only;  ///< the only parameters that are free; empty: all that move
    std::size_t hit = 1;            ///< which of a file's hits, from 1
    double sensitivity = standard_sensitivity;  ///< with which hits are found, 0..1
    std::size_t count = 1;                      ///< patches for each
    std::size_t evaluations = 6000;             ///< sounds that are tried for each, about
    std::string plot;   ///< template of pictures of recording and match; or none
    unsigned jobs = 1;  ///< threads
};

}  // namespace drumgen

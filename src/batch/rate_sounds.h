#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "batch/reporter.h"

namespace drumgen {

/// What somebody says of sounds.
struct RatingRequest {
    std::vector<std::string> words;  ///< the patches, as PatchArguments takes them
    bool is_liked = false;
    std::string store;  ///< file of the ratings
};

/// Renders and measures the sounds and adds a rating of each to the store: all of them or none.
/// Throws Error: invalid, failed.
///   returns   how many there are
std::size_t rate_sounds(const RatingRequest& request, Reporter& reporter);

}  // namespace drumgen

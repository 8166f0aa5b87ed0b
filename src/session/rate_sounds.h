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

/// What became of ratings that were taken over.
struct ImportedRatings {
    std::size_t liked = 0;
    std::size_t disliked = 0;
    std::size_t known = 0;  ///< were in the store already, by time, label and patch
};

/// Takes ratings over from a file of JSON Lines, as a page saves and feedback --list prints them,
/// "-" for standard input: renders and measures their sounds, and adds them to a store, all of them
/// or none. Throws Error: invalid, with the problems of all lines, or failed.
ImportedRatings import_ratings(const std::string& file, const std::string& store,
                               Reporter& reporter);

}  // namespace drumgen

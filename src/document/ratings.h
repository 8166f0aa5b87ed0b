#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "base/text.h"
#include "drumgen/patch.h"

namespace drumgen {

/// What somebody said of a sound.
struct Rating {
    std::string time;  ///< UTC, ISO 8601
    Patch patch;
    bool is_liked = false;
    std::string features_json;  ///< an object of numbers by name
    int features_version = 1;   ///< how they were measured
};

/// What a store of ratings holds: JSON Lines, one rating or one undoing each.
struct Ratings {
    std::vector<Rating> ratings;        ///< those that count, oldest first
    std::vector<std::string> problems;  ///< of lines that can't be read
    std::size_t adapted = 0;  ///< of another table: unknown parameters left out, limits kept
};

/// Reads the next line of a store, or adds what is wrong with it.
///   place   of the line, for messages
void read_rating(const std::string& text, const std::string& place, Ratings& ratings);

/// The newest ratings of one instrument, at most so many, of a store of any length: all others are
/// only looked at as far as it takes to tell what they are, and features are left out. Problems
/// only of lines that had to be read whole.
///   place   of the lines, for messages
[[nodiscard]] Ratings newest_ratings(std::span<const NumberedLine> lines, const std::string& place,
                                     const Instrument& instrument, std::size_t most);

/// One line of JSON: time, label and patch.
[[nodiscard]] std::string rating_json(const Rating& rating);

/// The line of a store: that and the features.
[[nodiscard]] std::string rating_line(const Rating& rating);

/// The line that takes back the last `count` ratings before it that count.
[[nodiscard]] std::string undo_line(std::size_t count, const std::string& time);

/// What to tell of the lines of a store that can't be read, for standard error.
[[nodiscard]] std::vector<std::string> skipped_lines(const Ratings& ratings);

/// What to tell of those that were adapted, if any.
[[nodiscard]] std::vector<std::string> adapted_ratings(const Ratings& ratings);

}  // namespace drumgen

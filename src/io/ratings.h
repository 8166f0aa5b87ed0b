#pragma once

#include <functional>
#include <string>
#include <vector>

#include "drumgen/patch.h"
#include "io/line_reader.h"

namespace drumgen {

/// What somebody said of a sound.
struct Rating {
    std::string time;  ///< UTC, ISO 8601
    Patch patch;
    bool is_liked = false;
    std::string features_json;  ///< an object of numbers by name
    int features_version = 1;   ///< how they were measured
};

/// What a store of ratings holds.
struct Ratings {
    std::vector<Rating> ratings;        ///< those that count, oldest first
    std::vector<std::string> problems;  ///< of lines that can't be read
    std::size_t adapted = 0;  ///< of another table: unknown parameters left out, limits kept
};

/// One line of JSON: time, label and patch.
[[nodiscard]] std::string rating_json(const Rating& rating);

/// Where the ratings are: DRUMGEN_RATINGS, or drumgen/ratings.jsonl in XDG_DATA_HOME, or in
/// ~/.local/share. Throws Error (invalid) when there is no home either.
[[nodiscard]] std::string ratings_path();

/// Reads a store: JSON Lines, one rating or one undoing each. A store that does not exist is empty.
/// Throws Error (failed).
[[nodiscard]] Ratings read_ratings(const std::string& path);

/// The same of an open file, or of standard input.
[[nodiscard]] Ratings read_ratings(LineReader& reader);

/// What to tell of the lines of a store that can't be read, for standard error.
[[nodiscard]] std::vector<std::string> skipped_lines(const Ratings& ratings);

/// What to tell of those that were adapted, if any.
[[nodiscard]] std::vector<std::string> adapted_ratings(const Ratings& ratings);

/// The newest ratings of one instrument, at most so many, of a store of any length: all others are
/// only looked at as far as it takes to tell what they are, and features are left out. Problems as
/// of read_ratings(), but only of lines that had to be read whole. Throws Error (failed).
[[nodiscard]] Ratings read_newest_ratings(const std::string& path, const Instrument& instrument,
                                          std::size_t most);

/// Adds ratings to the end of a store, which is made when there is none. Whoever else writes waits
/// meanwhile; a line that a crash tore is ended first; what returns is on the disk.
/// Throws Error (failed).
void append_ratings(const std::string& path, const std::vector<Rating>& ratings);

/// Takes the last `count` ratings that count back, by a line of its own: nothing is deleted.
/// Throws Error: invalid when there are fewer, failed.
void undo_ratings(const std::string& path, std::size_t count, const std::string& time);

}  // namespace drumgen

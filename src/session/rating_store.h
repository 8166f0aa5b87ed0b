#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "document/ratings.h"
#include "system/line_reader.h"

namespace drumgen {

/// Where the ratings are: DRUMGEN_RATINGS, or drumgen/ratings.jsonl where the user's data is. Throws
/// Error (invalid) when nobody says where that is.
[[nodiscard]] std::string ratings_path();

/// Reads a store. One that does not exist is empty. Throws Error (failed).
[[nodiscard]] Ratings read_ratings(const std::string& path);

/// The same of an open file, or of standard input.
[[nodiscard]] Ratings read_ratings(LineReader& reader);

/// As newest_ratings(). Throws Error (failed).
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

#pragma once

#include <string>

#include "sound_file/wav.h"

namespace CLI {
class App;
}

namespace drumgen {

/// What --bits says. Throws Error (invalid).
[[nodiscard]] SampleFormat sample_format_of(const std::string& bits);

/// What -j says, or one thread for each processor where it says nothing. Throws Error (invalid).
[[nodiscard]] unsigned threads_of(const std::string& jobs);

/// A number from 0 to 1. Throws Error (invalid) that begins with `place`.
[[nodiscard]] double fraction_of(const std::string& place, const std::string& text);

/// --ratings, the store of ratings.
void add_ratings(CLI::App& app, std::string& path);

/// The store that --ratings names, or the user's own. Throws Error (invalid).
[[nodiscard]] std::string store_of(const std::string& path);

}  // namespace drumgen

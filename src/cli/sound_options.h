#pragma once

#include <string>

#include "io/wav.h"

namespace drumgen {

/// What --bits says. Throws Error (invalid).
[[nodiscard]] SampleFormat sample_format_of(const std::string& bits);

/// What -j says, or one thread for each processor where it says nothing. Throws Error (invalid).
[[nodiscard]] unsigned threads_of(const std::string& jobs);

}  // namespace drumgen

#pragma once

#include <cstddef>

#include "base/json_writer.h"
#include "match/recording.h"

namespace drumgen {

/// Writes what is told of a hit into an object that is begun: its number, time, length, peak and
/// instrument.
///   hit   from 0
void write_hit(JsonWriter& writer, const Recording& recording, std::size_t hit);

}  // namespace drumgen

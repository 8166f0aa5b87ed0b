#pragma once

#include <vector>

namespace drumgen {

/// How fast a loop goes.
struct Tempo {
    double bpm = 0;          ///< quarters a minute
    double uncertainty = 0;  ///< standard error of bpm; that it may be its half or double, aside
};

/// The tempo whose halves, quarters, eighths and sixteenths come nearest to hits, 60 to 160 quarters
/// a minute; that of whole bars of four when the recording's length is nearly that.
///   at_s      when hits begin, in order; two at least
///   weight    of each, at least 0: how much it counts
///   length_s  of the recording
[[nodiscard]] Tempo tempo_of(const std::vector<double>& at_s, const std::vector<double>& weight,
                             double length_s);

}  // namespace drumgen

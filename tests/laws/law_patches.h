#pragma once

#include <cstdint>
#include <vector>

#include "drumgen/patch.h"

/// The patches that every law is tried on.
namespace drumgen::laws {

/// `count` patches drawn over the whole allowed range of every macro; every third one also sets the
/// rows of its layers.
[[nodiscard]] std::vector<Patch> random_patches(const Instrument& instrument, int count);

/// Every combination of the macros' smallest and largest values.
[[nodiscard]] std::vector<Patch> corners(const Instrument& instrument);

/// `count` patches from the proposal ranges.
[[nodiscard]] std::vector<Patch> proposed_patches(const Instrument& instrument, int count);

/// The patch with one row set.
[[nodiscard]] Patch with(Patch patch, std::size_t row, double value);

/// The patch with one row of the render table set.
[[nodiscard]] Patch with_render(Patch patch, const char* id, double value);

}  // namespace drumgen::laws

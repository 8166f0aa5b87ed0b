#pragma once

#include <cstdint>
#include <vector>

#include "drumgen/patch.h"

/// The patches that every law is tried on.
namespace drumgen::laws {

/// How many patches a law is tried on: as many as `./dev laws N` asks for, or else as many as said, a
/// fifth of them with sanitizers.
[[nodiscard]] int count_or(int said);

/// Whether `./dev laws N` asks for all, where the tests take turns.
[[nodiscard]] bool is_sweep();

/// `count` patches drawn over the whole allowed range of every macro; every third one also sets the
/// rows of its layers.
[[nodiscard]] std::vector<Patch> random_patches(const Instrument& instrument, int count);

/// Combinations of the macros' smallest and largest values: all of them, or `most` that are spread
/// over all.
[[nodiscard]] std::vector<Patch> corners(const Instrument& instrument, int most);

/// `count` patches from the proposal ranges.
[[nodiscard]] std::vector<Patch> proposed_patches(const Instrument& instrument, int count);

/// The patch with one row set.
[[nodiscard]] Patch with(Patch patch, std::size_t row, double value);

/// The patch with one row of the render table set.
[[nodiscard]] Patch with_render(Patch patch, const char* id, double value);

}  // namespace drumgen::laws

#pragma once

#include <string>
#include <vector>

#include "cli/statement.h"
#include "drumgen/patch.h"

namespace drumgen {

/// The part of a command line that says which patches are meant.
struct PatchArguments {
    std::vector<std::string> words;  ///< instrument, inline JSON, file, preset, or "-"
    std::vector<Statement> statements;
    bool clamp = false;
};

struct GivenPatches {
    std::vector<Patch> patches;      ///< at least one
    std::vector<std::string> files;  ///< what was read, for a depfile
    std::vector<std::string> notes;  ///< for standard error
};

/// Largest file that a patch or many are read from; the longest WAV of ours has 3 MiB.
inline constexpr std::size_t max_input_bytes = std::size_t{64} << 20;

/// Reads and validates all patches. Throws Error with the problems of all of them.
[[nodiscard]] GivenPatches take_patches(const PatchArguments& arguments);

/// The instrument of that name, or null.
[[nodiscard]] const Instrument* instrument_named(std::string_view name);

}  // namespace drumgen

#pragma once

#include <cstdint>
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
    bool takes_sounds = false;  ///< a WAV is meant as the sound that it holds, not as its patch
};

/// A WAV file that is meant as a sound.
struct GivenSound {
    std::string path;                   ///< "-": standard input
    std::vector<std::uint8_t> bytes{};  ///< of standard input, which can't be read again
    std::size_t patches_before = 0;     ///< how many patches were given before it
};

struct GivenPatches {
    std::vector<Patch> patches;      ///< at least one, or a sound
    std::vector<GivenSound> sounds;  ///< only when they are taken
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

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "drumgen/patch.h"
#include "param/state.h"
#include "system/line_reader.h"

namespace drumgen {

/// The part of a command line that says which patches are meant.
struct PatchArguments {
    std::vector<std::string> words;  ///< instrument, inline JSON, file, preset, or "-"
    std::vector<Statement> statements;
    bool clamp = false;
    bool takes_sounds = false;   ///< a WAV is meant as the sound that it holds, not as its patch
    bool takes_streams = false;  ///< JSON Lines are left to be read bit by bit
};

/// A WAV file that is meant as a sound.
struct GivenSound {
    std::string path;                   ///< "-": standard input
    std::vector<std::uint8_t> bytes{};  ///< of standard input, which can't be read again
    std::size_t patches_before = 0;     ///< how many patches were given before it
};

/// JSON Lines of any length, a patch in each.
struct GivenStream {
    std::shared_ptr<LineReader> reader;
    std::size_t patches_before = 0;  ///< how many patches were given before it
    std::size_t sounds_before = 0;
};

struct GivenPatch {
    Patch patch;
    std::string wav{};   ///< the file that it was read from, when that is a WAV
    std::string stem{};  ///< of the file or preset that holds nothing else; empty: none
};

struct GivenPatches {
    const Instrument* instrument = nullptr;  ///< that all are for, when the first word names one
    std::vector<GivenPatch> patches;         ///< at least one, or a sound, or a stream
    std::vector<GivenSound> sounds;          ///< only when they are taken
    std::vector<GivenStream> streams;        ///< only when they are taken
    std::vector<std::string> files;          ///< what was read, "-" for standard input
    std::vector<std::string> notes;          ///< for standard error
};

/// Largest file that a patch or many are read from; the longest WAV of ours has 6 MiB.
inline constexpr std::size_t max_input_bytes = std::size_t{64} << 20;

/// Reads and validates all patches. Throws Error with the problems of all of them.
[[nodiscard]] GivenPatches take_patches(const PatchArguments& arguments);

/// The one patch that words name; what there is to say of it is added to the notes. Throws Error
/// (invalid) that begins with `what` when they name more.
[[nodiscard]] Patch take_one_patch(const std::vector<std::string>& words, const std::string& what,
                                   std::vector<std::string>& notes);

/// The one patch of a kit's slot: a preset, an instrument, JSON, or a file whose name begins in
/// `folder`. Throws Error (invalid).
[[nodiscard]] GivenPatches take_slot_patch(const std::string& word, const std::string& folder,
                                           bool clamp);

/// Throws Error (invalid) when more than one of the words is "-".
void check_stdin_once(const std::vector<std::string>& words);

/// Is that word a file by its looks, rather than the name of a preset?
[[nodiscard]] bool is_path(std::string_view word);

/// Takes a patch of another sound version for one of this, with a note.
void take_version(Patch& patch, std::vector<std::string>& notes);

/// The patch of one line of a stream, with what the command line states. Notes are for standard
/// error.
/// Throws Error (invalid) with all problems of the line.
///   place   of the line, for messages
[[nodiscard]] Patch patch_of_line(const std::string& line, const std::string& place,
                                  const Instrument* instrument, const PatchArguments& arguments,
                                  std::vector<std::string>& notes);

}  // namespace drumgen

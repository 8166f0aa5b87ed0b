#pragma once

#include <sndfile.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Where a sound file that libsndfile writes or reads has its patch: in a chunk of our own where the
/// format has chunks, else in its comment.
namespace drumgen {

/// Puts title and patch into a file that is being written; a Wave64 has no place for either.
///   type   libsndfile's number of the format
void put_patch(SNDFILE* file, int type, const std::string& title, const std::string& patch_json);

/// Puts the patch into a Wave64, which libsndfile gives no place for any text.
void insert_wave64_patch(std::vector<std::uint8_t>& bytes, std::string_view patch_json);

/// The patch of a sound file of any format but WAV that is open; empty when there is none.
///   bytes   the whole file
[[nodiscard]] std::string patch_in_sound(SNDFILE* file, std::span<const std::uint8_t> bytes);

/// The patch of a sound file of any format but WAV; empty when there is none, or when libsndfile
/// can't read it. Throws Error (failed) when libsndfile is missing.
[[nodiscard]] std::string patch_in_sound(std::span<const std::uint8_t> bytes);

}  // namespace drumgen

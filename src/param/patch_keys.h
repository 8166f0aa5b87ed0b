#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

/// The keys of a patch in JSON, and the limits of what is no parameter.
namespace drumgen::patch_keys {

inline constexpr std::string_view differs = "differs";  ///< of a match, in words; told, not read
inline constexpr std::string_view distance = "distance_db";  ///< of a match; told, not read
inline constexpr std::string_view hit = "hit";    ///< of a loop, that it matches; told, not read
inline constexpr std::string_view hits = "hits";  ///< of a loop, that it stands for; told, not read
inline constexpr std::string_view index = "index";
inline constexpr std::string_view instrument = "instrument";
inline constexpr std::string_view name = "name";
inline constexpr std::string_view params = "params";
inline constexpr std::string_view patch = "patch";  ///< in a line that tells more than the patch
inline constexpr std::string_view render = "render";
inline constexpr std::string_view score = "score";  ///< of a learned proposal; told, not read
inline constexpr std::string_view seed = "seed";
inline constexpr std::string_view uncertainty = "uncertainty";  ///< of its score; told, not read
inline constexpr std::string_view version = "sound_version";

inline constexpr std::string_view seed_help =
    "Seed of the sound's noise; the same seed makes the same sound";

inline constexpr std::string_view index_help =
    "Place in a data set, 0..2^53; names the sound's file and changes nothing else";

inline constexpr std::uint64_t max_index = std::uint64_t{1} << 53;  ///< exact in any JSON
inline constexpr std::uint64_t max_seed = std::numeric_limits<std::uint64_t>::max();
inline constexpr int max_version = std::numeric_limits<int>::max();
inline constexpr std::size_t max_name_length = 128;  ///< characters, not bytes

}  // namespace drumgen::patch_keys

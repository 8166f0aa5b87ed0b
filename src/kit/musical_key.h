#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace drumgen {

/// A key that sounds are tuned to.
struct MusicalKey {
    int root = 0;  ///< semitones above C, 0..11
    bool is_minor = false;
};

/// "F#m", "Bb", "c minor", "A maj"; none when it is no key.
[[nodiscard]] std::optional<MusicalKey> musical_key_from(std::string_view text);

/// The key that a text wishes for; none of an empty one. Throws Error (invalid) that begins with `flag`.
[[nodiscard]] std::optional<MusicalKey> wished_key(std::string_view flag, std::string_view text);

/// "F#m"
[[nodiscard]] std::string name_of(const MusicalKey& key);

/// Root, third and fifth, semitones above C.
[[nodiscard]] std::array<int, 3> triad_of(const MusicalKey& key);

}  // namespace drumgen

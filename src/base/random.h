#pragma once

#include <cstdint>
#include <string_view>

/// Counter-based random numbers: a value is a function of (seed, stream, index), so any part can be
/// made alone, and adding a stream changes no other.
namespace drumgen {

/// A stream of random numbers, named for what it feeds, such as "kick/punch".
struct RandomStream {
    std::uint32_t key0 = 0;
    std::uint32_t key1 = 0;
};

/// 64-bit finaliser. Source: S. Vigna's SplitMix64 (public domain), the constants of D. Stafford's
/// variant 13 of the MurmurHash3 finaliser.
[[nodiscard]] constexpr std::uint64_t mix64(std::uint64_t x) noexcept {
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

/// A seed of its own for each index under a seed.
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t seed, std::uint64_t index) noexcept {
    return mix64(mix64(seed) ^ index);
}

/// The stream of a name under a seed.
[[nodiscard]] constexpr RandomStream random_stream(std::uint64_t seed,
                                                   std::string_view name) noexcept {
    std::uint64_t state = mix64(seed);
    for (const char c : name) {
        state = mix64(state ^ static_cast<unsigned char>(c));
    }
    return {static_cast<std::uint32_t>(state), static_cast<std::uint32_t>(state >> 32)};
}

/// 32 random bits for one index: a bijection of the index for any keys, so no value repeats within
/// 2^32. Source of the rounds: C. Wellons, "Prospecting for hash functions", 2018 (public domain).
[[nodiscard]] constexpr std::uint32_t random_bits(RandomStream stream,
                                                  std::uint32_t index) noexcept {
    std::uint32_t x = index + stream.key0;
    x = (x ^ (x >> 16)) * 0x7FEB352Du;
    x = (x ^ (x >> 15)) + stream.key1;
    x = (x ^ (x >> 15)) * 0x846CA68Bu;
    return x ^ (x >> 16);
}

/// Uniform in [0, 1), a multiple of 2^-32.
[[nodiscard]] constexpr double random_uniform(RandomStream stream, std::uint32_t index) noexcept {
    return random_bits(stream, index) * 0x1p-32;
}

}  // namespace drumgen

#include "archive/sha256.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <string_view>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace drumgen {
namespace {

constexpr std::size_t block_size = 64;

/// FIPS 180-4, 4.2.2: fractional parts of the cube roots of the first 64 primes.
constexpr std::array<std::uint32_t, 64> round_constants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/// FIPS 180-4, 5.3.3: fractional parts of the square roots of the first eight primes.
constexpr std::array<std::uint32_t, 8> initial_state{
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

using State = std::array<std::uint32_t, 8>;

/// A message under way.
struct Message {
    std::span<const std::uint8_t> left;  ///< what is not yet in the state
    State state = initial_state;

    [[nodiscard]] std::size_t blocks() const noexcept { return left.size() / block_size; }
    void advance(std::size_t count) noexcept { left = left.subspan(count * block_size); }
};

/// FIPS 180-4, 6.2.2: takes one block of 64 bytes into the state.
void compress_block(State& state, const std::uint8_t* block) {
    std::array<std::uint32_t, 64> w{};
    for (std::size_t i = 0; i < 16; ++i) {
        const std::uint8_t* word = block + 4 * i;
        w[i] = std::uint32_t{word[0]} << 24 | std::uint32_t{word[1]} << 16 |
               std::uint32_t{word[2]} << 8 | std::uint32_t{word[3]};
    }
    for (std::size_t i = 16; i < w.size(); ++i) {
        const std::uint32_t s0 =
            std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ (w[i - 15] >> 3);
        const std::uint32_t s1 =
            std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ (w[i - 2] >> 10);
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    auto [a, b, c, d, e, f, g, h] = state;
    for (std::size_t i = 0; i < w.size(); ++i) {
        const std::uint32_t sum1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
        const std::uint32_t choice = (e & f) ^ (~e & g);
        const std::uint32_t t1 = h + sum1 + choice + round_constants[i] + w[i];
        const std::uint32_t sum0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
        const std::uint32_t majority = (a & b) ^ (a & c) ^ (b & c);
        h = g;
        g = f;
        f = e;
        e = d + t1;
        d = c;
        c = b;
        b = a;
        a = t1 + sum0 + majority;
    }
    const State added{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < state.size(); ++i) {
        state[i] += added[i];
    }
}

void compress_portable(Message& message) {
    for (; message.blocks() > 0; message.advance(1)) {
        compress_block(message.state, message.left.data());
    }
}

#if defined(__x86_64__)
/// The same by the SHA extensions, eight times as fast, and of two messages at once in little more
/// time than one takes: each round waits for the one before, and another message need not. The
/// state's words are kept as ABEF and CDGH. Source: Intel, "Intel SHA Extensions", 2013.
template <std::size_t several>
__attribute__((target("sha,sse4.1"))) void compress_x86(
    const std::array<Message*, several>& messages, std::size_t count) {
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i abef[several];
    __m128i cdgh[several];
    for (std::size_t m = 0; m < several; ++m) {
        const auto* const words = reinterpret_cast<const __m128i*>(messages[m]->state.data());
        const __m128i cdab = _mm_shuffle_epi32(_mm_loadu_si128(words), 0xB1);
        const __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128(words + 1), 0x1B);
        abef[m] = _mm_alignr_epi8(cdab, efgh, 8);
        cdgh[m] = _mm_blend_epi16(efgh, cdab, 0xF0);
    }
    for (std::size_t n = 0; n < count; ++n) {
        __m128i abef_before[several];
        __m128i cdgh_before[several];
        __m128i w[several][4];
        for (std::size_t m = 0; m < several; ++m) {
            const auto* const block =
                reinterpret_cast<const __m128i*>(messages[m]->left.data() + n * block_size);
            abef_before[m] = abef[m];
            cdgh_before[m] = cdgh[m];
            for (int i = 0; i < 4; ++i) {
                w[m][i] = _mm_shuffle_epi8(_mm_loadu_si128(block + i), big_endian);
            }
        }
#pragma GCC unroll 16
        for (int group = 0; group < 16; ++group) {
            const __m128i constants = _mm_loadu_si128(
                reinterpret_cast<const __m128i*>(round_constants.data() + 4 * group));
#pragma GCC unroll 2
            for (std::size_t m = 0; m < several; ++m) {
                __m128i* const v = w[m];
                const __m128i sum = _mm_add_epi32(v[group % 4], constants);
                cdgh[m] = _mm_sha256rnds2_epu32(cdgh[m], abef[m], sum);
                abef[m] = _mm_sha256rnds2_epu32(abef[m], cdgh[m], _mm_shuffle_epi32(sum, 0x0E));
                if (group < 12) {
                    const __m128i newest = v[(group + 3) % 4];
                    const __m128i shifted = _mm_alignr_epi8(newest, v[(group + 2) % 4], 4);
                    const __m128i begun = _mm_add_epi32(
                        _mm_sha256msg1_epu32(v[group % 4], v[(group + 1) % 4]), shifted);
                    v[group % 4] = _mm_sha256msg2_epu32(begun, newest);
                }
            }
        }
        for (std::size_t m = 0; m < several; ++m) {
            abef[m] = _mm_add_epi32(abef[m], abef_before[m]);
            cdgh[m] = _mm_add_epi32(cdgh[m], cdgh_before[m]);
        }
    }
    for (std::size_t m = 0; m < several; ++m) {
        const __m128i feba = _mm_shuffle_epi32(abef[m], 0x1B);
        const __m128i dchg = _mm_shuffle_epi32(cdgh[m], 0xB1);
        auto* const out = reinterpret_cast<__m128i*>(messages[m]->state.data());
        _mm_storeu_si128(out, _mm_blend_epi16(feba, dchg, 0xF0));
        _mm_storeu_si128(out + 1, _mm_alignr_epi8(dchg, feba, 8));
        messages[m]->advance(count);
    }
}

bool has_sha_extensions() {
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    constexpr unsigned has_sha = 1U << 29;    // leaf 7, EBX
    constexpr unsigned has_sse41 = 1U << 19;  // leaf 1, ECX
    const bool is_old = __get_cpuid(1, &a, &b, &c, &d) == 0 || (c & has_sse41) == 0;
    return !is_old && __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & has_sha) != 0;
}
#endif

/// Takes the whole blocks of up to two messages into their states.
void compress(std::span<Message> messages) {
#if defined(__x86_64__)
    static const bool is_fast = has_sha_extensions();
    if (is_fast) {
        if (messages.size() == 2) {
            compress_x86<2>({messages.data(), messages.data() + 1},
                            std::min(messages[0].blocks(), messages[1].blocks()));
        }
        for (Message& message : messages) {
            compress_x86<1>({&message}, message.blocks());
        }
        return;
    }
#endif
    for (Message& message : messages) {
        compress_portable(message);
    }
}

std::string to_hex(const State& state) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const std::uint32_t word : state) {
        for (int shift = 28; shift >= 0; shift -= 4) {
            text += digits[word >> shift & 15];
        }
    }
    return text;
}

/// Takes in what is left of a message whose whole blocks are, and its end.
///   bytes   that it has in all
void finish(Message& message, std::size_t bytes) {
    // FIPS 180-4, 5.1.1: a one bit, zeros, and the length in bits as a big-endian 64-bit number.
    std::array<std::uint8_t, 2 * block_size> tail{};
    const std::size_t rest = message.left.size();
    std::copy(message.left.begin(), message.left.end(), tail.begin());
    tail[rest] = 0x80;
    const std::size_t tail_size = rest + 9 <= block_size ? block_size : 2 * block_size;
    const std::uint64_t bits = std::uint64_t{bytes} * 8;
    for (std::size_t i = 0; i < 8; ++i) {
        tail[tail_size - 1 - i] = static_cast<std::uint8_t>(bits >> (8 * i));
    }
    message.left = std::span(tail).first(tail_size);
    compress({&message, 1});
}

}  // namespace

std::string sha256_hex(std::span<const std::uint8_t> bytes) {
    return sha256_hex_of_all(std::array{bytes}).front();
}

std::vector<std::string> sha256_hex_of_all(
    std::span<const std::span<const std::uint8_t>> messages) {
    std::vector<std::string> all;
    for (std::size_t at = 0; at < messages.size(); at += 2) {
        std::array<Message, 2> pair;
        const std::size_t count = std::min<std::size_t>(2, messages.size() - at);
        for (std::size_t k = 0; k < count; ++k) {
            pair[k].left = messages[at + k];
        }
        compress(std::span(pair).first(count));
        for (std::size_t k = 0; k < count; ++k) {
            finish(pair[k], messages[at + k].size());
            all.push_back(to_hex(pair[k].state));
        }
    }
    return all;
}

}  // namespace drumgen

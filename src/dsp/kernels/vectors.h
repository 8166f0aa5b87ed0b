#pragma once

#include <cstdint>

#include "dsp/kernels/functions.h"

/// Vectors as wide as the instruction set has them, and what kernels do with one.
namespace drumgen::DRUMGEN_ISA_NAMESPACE {

namespace {

#if defined(__AVX512F__)
constexpr int width = 16;
#elif defined(__AVX2__)
constexpr int width = 8;
#else
constexpr int width = 4;
#endif

using Float = float __attribute__((vector_size(width * 4)));
using Int = std::int32_t __attribute__((vector_size(width * 4)));
using Word = std::uint32_t __attribute__((vector_size(width * 4)));

constexpr int parts = lane_count / width;  // vectors that make up the fixed number of lanes

inline Float load(const float* from) noexcept {
    Float v;
    __builtin_memcpy(&v, from, sizeof v);
    return v;
}

inline void store(float* to, Float v) noexcept {
    __builtin_memcpy(to, &v, sizeof v);
}

inline Float splat(float x) noexcept {
    return Float{} + x;
}

inline Int bits(Float v) noexcept {
    return reinterpret_cast<Int>(v);
}

inline Float from_bits(Int v) noexcept {
    return reinterpret_cast<Float>(v);
}

inline Float choose(Int mask, Float yes, Float no) noexcept {
    return from_bits((mask & bits(yes)) | (~mask & bits(no)));
}

inline Float magnitude(Float v) noexcept {
    return from_bits(bits(v) & 0x7FFFFFFF);
}

inline Float larger(Float a, Float b) noexcept {
    return a > b ? a : b;
}

inline Float smaller(Float a, Float b) noexcept {
    return a < b ? a : b;
}

/// Adding and subtracting 1.5 * 2^23 rounds to the nearest integer, ties to even; |v| < 2^22.
inline Float round_to_integer(Float v) noexcept {
    const float magic = 12582912.0F;
    return (v + magic) - magic;
}

/// 0, 1, 2, ... as floats: the places of the first vector's samples in a block.
inline Float first_places() noexcept {
    Float v;
    for (int i = 0; i < width; ++i) {
        v[i] = static_cast<float>(i);
    }
    return v;
}

inline Word lane_words() noexcept {
    Word v;
    for (int i = 0; i < width; ++i) {
        v[i] = static_cast<std::uint32_t>(i);
    }
    return v;
}

/// 2^n for integers -126 <= n <= 127 held as floats.
inline Float power_of_two(Float n) noexcept {
    return from_bits((__builtin_convertvector(n, Int) + 127) << 23);
}

/// e^-x for 0 <= x <= 80. 2^f on -0.5..0.5 by a minimax polynomial of relative error 2e-9; the
/// result's error is that of rounding x * log2 e: below 1e-6 relative at x = 16.
inline Float exp_negative(Float x) noexcept {
    const Float y = x * -1.44269504F;
    const Float n = round_to_integer(y);
    const Float f = y - n;
    Float p = splat(1.534581229520095e-4F);
    p = p * f + 1.3399931226988702e-3F;
    p = p * f + 9.61848895584538e-3F;
    p = p * f + 5.5503287769436e-2F;
    p = p * f + 0.24022646890649F;
    p = p * f + 0.69314720573728F;
    p = p * f + 1.0F;
    return p * power_of_two(n);
}

/// sin(2 pi x), |x| < 2^21. Folded to a quarter cycle, minimax polynomial of relative error 5e-9.
inline Float sine_cycles(Float x) noexcept {
    const Float r = x - round_to_integer(x);
    const Float a = magnitude(r);
    const Float m = smaller(a, 0.5F - a);
    const Float z = m * m;
    Float p = splat(39.71091812945411F);
    p = p * z - 76.57499218068654F;
    p = p * z + 81.6022312427039F;
    p = p * z - 41.34167747839183F;
    p = p * z + 6.283185273790791F;
    const Float s = p * m;
    return from_bits(bits(s) | (bits(r) & static_cast<std::int32_t>(0x80000000)));
}

/// tanh by expm1, so that it keeps its relative accuracy near 0: E = e^2|x| - 1, tanh = E / (E + 2).
/// expm1(r) / r on -ln2/2..ln2/2 by a minimax polynomial of relative error 1.1e-8.
inline Float tanh_of(Float x) noexcept {
    const Float a = smaller(magnitude(x), splat(10.0F)) * 2.0F;
    const Float n = round_to_integer(a * 1.44269504F);
    // ln 2 in two parts, the first short enough for n * part to be exact.
    const Float r = (a - n * 0.693145752F) - n * 1.42860677e-6F;
    Float p = splat(1.3888873021045613e-3F);
    p = p * r + 8.36906856510698e-3F;
    p = p * r + 4.1667136206047e-2F;
    p = p * r + 0.1666650621953409F;
    p = p * r + 0.49999998124796F;
    p = p * r + 1.0F;
    const Float scale = power_of_two(n);
    const Float e = scale * (p * r) + (scale - 1.0F);
    const Float t = e / (e + 2.0F);
    return from_bits(bits(t) | (bits(x) & static_cast<std::int32_t>(0x80000000)));
}

/// The lanes of partial sums, whatever the vector width, added pairwise.
inline float add_lanes(const Float* sums) noexcept {
    float lane[lane_count];
    for (int part = 0; part < parts; ++part) {
        store(lane + part * width, sums[part]);
    }
    for (int half = lane_count / 2; half > 0; half /= 2) {
        for (int i = 0; i < half; ++i) {
            lane[i] += lane[i + half];
        }
    }
    return lane[0];
}

/// Magnitudes of floats have the order of their bits, and integers are compared in one cycle.
inline Int magnitude_bits(Float v) noexcept {
    return bits(v) & 0x7FFFFFFF;
}

inline Int larger(Int a, Int b) noexcept {
    return a > b ? a : b;
}

/// The largest of magnitudes that are held as bits.
inline float largest_lane(Int magnitudes) noexcept {
    using Quarter = std::int32_t __attribute__((vector_size(16)));
    Quarter part[width / 4];
    __builtin_memcpy(part, &magnitudes, sizeof magnitudes);
    for (int k = 1; k < width / 4; ++k) {
        part[0] = part[k] > part[0] ? part[k] : part[0];
    }
    std::int32_t top = part[0][0];
    for (int lane = 1; lane < 4; ++lane) {
        top = part[0][lane] > top ? part[0][lane] : top;
    }
    return __builtin_bit_cast(float, top);
}

}  // namespace

}  // namespace drumgen::DRUMGEN_ISA_NAMESPACE

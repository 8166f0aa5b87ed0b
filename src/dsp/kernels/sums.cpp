// Compiled once for each instruction set, with DRUMGEN_ISA naming the namespace. Uses nothing of
// the standard library that could leave a function compiled for a newer CPU in a shared name.
#include "dsp/kernels/vectors.h"

namespace drumgen::DRUMGEN_ISA_NAMESPACE {

namespace {

/// v moved up by `by` lanes, zeros below.
template <int by>
inline Int moved_up(Int v) noexcept {
#if defined(__AVX512F__)
    constexpr int n = 16;
    return __builtin_shufflevector(Int{}, v, n - by, n + 1 - by, n + 2 - by, n + 3 - by, n + 4 - by,
                                   n + 5 - by, n + 6 - by, n + 7 - by, n + 8 - by, n + 9 - by,
                                   n + 10 - by, n + 11 - by, n + 12 - by, n + 13 - by, n + 14 - by,
                                   n + 15 - by);
#elif defined(__AVX2__)
    constexpr int n = 8;
    return __builtin_shufflevector(Int{}, v, n - by, n + 1 - by, n + 2 - by, n + 3 - by, n + 4 - by,
                                   n + 5 - by, n + 6 - by, n + 7 - by);
#else
    constexpr int n = 4;
    return __builtin_shufflevector(Int{}, v, n - by, n + 1 - by, n + 2 - by, n + 3 - by);
#endif
}

/// The last lane in all of them.
inline Int last_lane(Int v) noexcept {
#if defined(__AVX512F__)
    return __builtin_shufflevector(v, v, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15,
                                   15);
#elif defined(__AVX2__)
    return __builtin_shufflevector(v, v, 7, 7, 7, 7, 7, 7, 7, 7);
#else
    return __builtin_shufflevector(v, v, 3, 3, 3, 3);
#endif
}

/// Each lane with the sum of all up to it.
inline Int running_sums(Int v) noexcept {
    v += moved_up<1>(v);
    v += moved_up<2>(v);
    if constexpr (width > 4) {
        v += moved_up<4>(v);
    }
    if constexpr (width > 8) {
        v += moved_up<8>(v);
    }
    return v;
}

}  // namespace

void walk(float* out, const float* in, std::int32_t* total, int frames) {
    // Only whole additions stand in each other's way.
    Int sum = Int{} + *total;
    for (int j = 0; j < frames; j += width) {
        Int steps = __builtin_convertvector(round_to_integer(load(in + j) * 0x1p12F), Int);
        // Two roundings keep the product inside round_to_integer's range: 12 bits, then 12 more.
        const Float rest = load(in + j) * 0x1p12F - __builtin_convertvector(steps, Float);
        steps = (steps << 12) + __builtin_convertvector(round_to_integer(rest * 0x1p12F), Int);
        const Int sums = running_sums(steps);
        store(out + j, __builtin_convertvector(sums + sum, Float) * 0x1p-24F);
        sum += last_lane(sums);
    }
    *total = sum[0];
}

float dot(const float* in, const float* weight, int frames) {
    Float sums[parts] = {};
    for (int j = 0; j < frames; j += lane_count) {
        for (int part = 0; part < parts; ++part) {
            const int at = j + part * width;
            sums[part] += load(in + at) * load(weight + at);
        }
    }
    return add_lanes(sums);
}

float sum(const float* in, int frames) {
    Float sums[parts] = {};
    for (int j = 0; j < frames; j += lane_count) {
        for (int part = 0; part < parts; ++part) {
            sums[part] += load(in + j + part * width);
        }
    }
    return add_lanes(sums);
}

float peak(const float* in, int frames) {
    Int top{};
    for (int j = 0; j < frames; j += width) {
        top = larger(top, magnitude_bits(load(in + j)));
    }
    return largest_lane(top);
}

float peak_and_bend(const float* in, int frames, float* bend) {
    Int top{};
    Int most{};
    for (int j = 0; j < frames; j += width) {
        const Float x = load(in + j);
        const Float bent = (load(in + j - 1) + load(in + j + 1)) - 2.0F * x;
        top = larger(top, magnitude_bits(x));
        most = larger(most, magnitude_bits(bent));
    }
    *bend = largest_lane(most);
    return largest_lane(top);
}

void mix_lines(float* const* into, const float* const* from, const float* weight, const float* in,
               float* out, float answer, float through, int frames) {
    for (int j = 0; j < frames; j += width) {
        Float x[4] = {};
        for (int k = 0; k < 4; ++k) {
            x[k] = load(from[k] + j);
        }
        const Float given = in != nullptr ? load(in + j) : Float{};
        Float sum{};
        for (int i = 0; i < 4; ++i) {
            const float* const w = weight + 4 * i;
            const Float mixed = ((w[0] * x[0] + w[1] * x[1]) + (w[2] * x[2] + w[3] * x[3])) + given;
            store(into[i] + j, mixed);
            sum += mixed;
        }
        store(out + j, answer * sum + through * given);
    }
}

}  // namespace drumgen::DRUMGEN_ISA_NAMESPACE

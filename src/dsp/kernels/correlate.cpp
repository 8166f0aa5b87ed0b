// Compiled once for each instruction set, with DRUMGEN_ISA naming the namespace. Uses nothing of
// the standard library that could leave a function compiled for a newer CPU in a shared name.
#include "dsp/kernels/vectors.h"

namespace drumgen::DRUMGEN_ISA_NAMESPACE {

namespace {

/// Keeps a vector in a register: left alone, compilers load it again for each of its uses. SSE2 has
/// no registers to spare for that.
inline void keep(Float& v) noexcept {
#if defined(__AVX2__)
    asm("" : "+v"(v));
#else
    static_cast<void>(v);
#endif
}

// A correlation reads the same vector for tap k of one output and tap k + 16 of the output 16
// samples before. So taps are taken in chunks of three times 16, k outermost: loads that straddle
// cache lines limit the kernel, and that saves up to two thirds of them. A vector is used for all its
// taps as soon as it is loaded, so that eight sums fit into 16 registers: with fewer, each addition
// would wait for the one before.
constexpr int chunk_groups = 3;

/// Adds taps k + 16 g, g < groups, for k from first to last, to the sums of `vectors` vectors.
template <int vectors, int groups>
inline void add_taps(Float* sums, const float* in, const float* weight, int first,
                     int last) noexcept {
    for (int k = first; k < last; ++k) {
        Float w[groups];
        for (int g = 0; g < groups; ++g) {
            w[g] = splat(weight[k + g * lane_count]);
        }
#pragma GCC unroll 16
        for (int at = 0; at < vectors + (groups - 1) * parts; ++at) {
            Float window = load(in + k + at * width);
            keep(window);
            for (int g = 0; g < groups; ++g) {
                if (const int i = at - g * parts; i >= 0 && i < vectors) {
                    sums[i] += w[g] * window;
                }
            }
        }
    }
}

/// Adds a run to the sums of `vectors` vectors that stand from `at` on.
template <int vectors>
inline void add_run(Float* sums, const CorrelateRun& run, int at) noexcept {
    const float* in = run.in + at;
    const float* weight = run.weight;
    int left = run.taps;
    constexpr int chunk = chunk_groups * lane_count;
    for (; left >= chunk; left -= chunk, in += chunk, weight += chunk) {
        add_taps<vectors, chunk_groups>(sums, in, weight, 0, lane_count);
    }
    const int rest = left % lane_count;
    if (left >= 2 * lane_count) {
        add_taps<vectors, 3>(sums, in, weight, 0, rest);
        add_taps<vectors, 2>(sums, in, weight, rest, lane_count);
    } else if (left >= lane_count) {
        add_taps<vectors, 2>(sums, in, weight, 0, rest);
        add_taps<vectors, 1>(sums, in, weight, rest, lane_count);
    } else {
        add_taps<vectors, 1>(sums, in, weight, 0, rest);
    }
}

template <int vectors>
inline int correlate_by(float* out, const CorrelateRun* runs, int run_count, int from,
                        int frames) noexcept {
    int j = from;
    for (; j + vectors * width <= frames; j += vectors * width) {
        Float sums[vectors] = {};
        for (int r = 0; r < run_count; ++r) {
            add_run<vectors>(sums, runs[r], j);
        }
        for (int i = 0; i < vectors; ++i) {
            store(out + j + i * width, sums[i]);
        }
    }
    return j;
}

}  // namespace

void correlate(float* out, const CorrelateRun* runs, int run_count, int frames) {
    int j = 0;
    j = correlate_by<8>(out, runs, run_count, j, frames);
    j = correlate_by<4>(out, runs, run_count, j, frames);
    j = correlate_by<2>(out, runs, run_count, j, frames);
    correlate_by<1>(out, runs, run_count, j, frames);
}

namespace {

template <int vectors>
inline int peak_by(Int& top, const CorrelateRun& run, int from, int frames) noexcept {
    int j = from;
    for (; j + vectors * width <= frames; j += vectors * width) {
        Float sums[vectors] = {};
        add_run<vectors>(sums, run, j);
        for (int i = 0; i < vectors; ++i) {
            top = larger(top, magnitude_bits(sums[i]));
        }
    }
    return j;
}

}  // namespace

float peak_correlate(const float* in, const float* weight, int taps, int frames) {
    const CorrelateRun run{in, weight, taps};
    Int top{};
    int j = 0;
    j = peak_by<8>(top, run, j, frames);
    j = peak_by<4>(top, run, j, frames);
    peak_by<1>(top, run, j, frames);
    return largest_lane(top);
}

}  // namespace drumgen::DRUMGEN_ISA_NAMESPACE

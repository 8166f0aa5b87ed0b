#pragma once

#include <cstdint>

#include "base/random.h"

/// The inner loops: plain functions over contiguous samples, compiled once for each instruction set
/// and chosen at run time. Every operation is element by element, or summed in an order that does
/// not depend on the width of the vectors, so all give the same bits.
///
/// Throughout: `frames` is a multiple of `lane_count`; pointers need no alignment; `out` may be the
/// same as an input but must not overlap it otherwise.
namespace drumgen {

/// Blocks are multiples of this; sums are kept in this many partial sums whatever the vector width.
inline constexpr int lane_count = 16;

[[nodiscard]] constexpr int round_up_to_lanes(std::int64_t frames) noexcept {
    return static_cast<int>((frames + lane_count - 1) / lane_count * lane_count);
}

/// One input of a correlation, and its weights.
struct CorrelateRun {
    const float* in;
    const float* weight;
    int taps;
};

/// Where a pulse goes, and of which two rows of a table it is made.
struct Pulse {
    std::int32_t to;    ///< first sample
    std::int32_t from;  ///< place in the table of the first row's first value
    float gains[2];     ///< of the rows, one after the other
};

struct Kernels {
    const char* isa;

    /// out[j] = floor + scale * exp(-(start + step * j)); exactly 0 where that is below 1e-7.
    /// start + step * j is taken as 0 where it is negative. Relative error of the exponential below
    /// 2e-6.
    void (*decay)(float* out, int frames, float start, float step, float scale, float floor);

    /// out[j] = start + step * j, held inside 0..1.
    void (*ramp)(float* out, int frames, float start, float step);

    /// Phase of a decaying sweep in cycles:
    /// out[j] = start + slope * j + bend * (1 - exp(-rate * j)), 0 <= rate * frames <= 0.6.
    /// Relative error of the exponential term below 1e-6, the first 0.3 below 1e-7.
    void (*sweep)(float* out, int frames, float start, float slope, float bend, float rate);

    /// out[j] = sin(2 pi phase[j]) * gain[j]; phase in cycles, |phase| < 2^21. Error below 2e-7 of
    /// gain beyond the rounding of the phase itself.
    void (*sine)(float* out, const float* phase, const float* gain, int frames);

    /// out[j] += in[j].
    void (*add)(float* out, const float* in, int frames);

    /// out[j] += gain * in[j].
    void (*add_scaled)(float* out, const float* in, float gain, int frames);

    /// out[j] += (start + step * j) * in[j].
    void (*add_ramped)(float* out, const float* in, float start, float step, int frames);

    /// out[j] = in[j] * gain.
    void (*scale)(float* out, const float* in, float gain, int frames);

    /// out[j] = in[j] * gain[j].
    void (*multiply)(float* out, const float* in, const float* gain, int frames);

    /// out[j] = tanh(drive * in[j]). Relative error below 4e-7.
    void (*tanh_drive)(float* out, const float* in, float drive, int frames);

    /// out[j] = uniform in [-1, 1), the stream's value of index + j, a multiple of 2^-23.
    void (*noise)(float* out, RandomStream stream, std::uint32_t index, int frames);

    /// Random walk in fixed point: out[j] = (total += round(in[j] * 2^24)) / 2^24. Exact in any
    /// order. |in| < 64.
    void (*walk)(float* out, const float* in, std::int32_t* total, int frames);

    /// Correlation:
    /// out[j] = sum over the runs, over k < run.taps, of run.weight[k] * run.in[j + k].
    /// Within a run, chunks of 48 taps are added one after another, and in a chunk all k with the
    /// same remainder of 16 together.
    void (*correlate)(float* out, const CorrelateRun* runs, int run_count, int frames);

    /// Triangle wave of amplitude 1 that begins at 0 and rises, times a gain: phase in cycles,
    /// |phase| < 2^21. Its corners are rounded over `corner` cycles to each side,
    /// 0 < corner < 0.25, by a curve with six derivatives.
    void (*triangle)(float* out, const float* phase, const float* gain, float corner, int frames);

    /// What a clip at `ceiling` takes away: out[j] = clip(in[j]) - in[j], 0 up to ceiling - knee,
    /// rounded by a curve with six derivatives up to ceiling + knee. knee > 0.
    void (*clip_excess)(float* out, const float* in, float ceiling, float knee, int frames);

    /// A biquad whose recursion reaches back lane_count samples, as BlockBiquad lays it out: four
    /// weights of the samples before the newest, then a pair for each of the lags 2, 4 and 8,
    /// y[j] = x[j] + first * x[j - lag] + second * x[j - 2 lag], a pair of the recursion,
    /// r[j] = y[j] - near * r[j - 16] - far * r[j - 32], and that of the newest sample,
    /// out[j] = r[j] + direct * in[j]. Reads 32 samples before `in`; out must not overlap in.
    ///   state   the last 32 r
    void (*biquad)(float* out, const float* in, const float* weight, float* state, int frames);

    /// Adds a tone that rings on: out[j] += s of a pair (s, c) for each of the lane_count lanes,
    /// which is turned from lane_count samples to the next: s' = s cosine + c sine,
    /// c' = c cosine - s sine.
    ///   start   the lanes' s, then their c
    void (*ring)(float* out, const float* start, float cosine, float sine, int frames);

    /// Sum of in[j] * weight[j], in `lane_count` partial sums added pairwise.
    float (*dot)(const float* in, const float* weight, int frames);

    /// Sum of in[j] in `lane_count` partial sums added pairwise.
    float (*sum)(const float* in, int frames);

    /// Largest |in[j]|.
    float (*peak)(const float* in, int frames);

    /// Largest |in[j]|, and into `bend` the largest |in[j - 1] - 2 in[j] + in[j + 1]|; reads one
    /// sample before and one after.
    float (*peak_and_bend)(const float* in, int frames, float* bend);

    /// Four delay lines that feed each other:
    /// into[i][j] = sum over k of weight[4 i + k] * from[k][j], and what they answer,
    /// out[j] = answer * sum over i of into[i][j]; in[j] is added to every line, and through * in[j] to the answer, unless `in` is null.
    void (*mix_lines)(float* const* into, const float* const* from, const float* weight,
                      const float* in, float* out, float answer, float through, int frames);

    /// Largest |sum over k < taps of weight[k] * in[j + k]|.
    float (*peak_correlate)(const float* in, const float* weight, int taps, int frames);

    /// Pulse by pulse:
    /// out[to + j] += gains[0] * table[from + j] + gains[1] * table[from + stride + j], j < frames.
    void (*add_pulses)(float* out, const Pulse* pulses, int count, const float* table, int stride,
                       int frames);

    /// out[j] = tanh(drive * in[j]) - drive * in[j]. Absolute error below 4e-7 of drive * |in[j]|.
    void (*tanh_excess)(float* out, const float* in, float drive, int frames);

    /// out[j] = in[j] * 2 (cos x + cos 2x + ... + cos `order` x),
    /// x = 2 pi (phase + step * j) / 2^32.
    /// Error of the sum below 1e-6 for order 1, below 1e-5 for order up to 4.
    void (*modulate)(float* out, const float* in, std::uint32_t phase, std::uint32_t step,
                     int order, int frames);

    /// Reads between samples: out[j] = the value of `in` at (j + origin) - behind[j], by Lagrange's
    /// polynomial through six samples. Reads two samples before the place and three after; places
    /// below 0 are read at 0.
    void (*read_between)(float* out, const float* in, const float* behind, float origin,
                         int frames);

    /// A gate that a level opens: sound[j] *= closed + slope * max(0, level[j] - threshold).
    void (*gate_by)(float* sound, const float* level, float threshold, float closed, float slope,
                    int frames);

    /// Butterflies of a Fourier transform, in double precision: with w = cos - i sin,
    /// a[k], b[k] = a[k] + w[k] b[k], a[k] - w[k] b[k]. No arrays overlap.
    void (*butterflies)(double* a_re, double* a_im, double* b_re, double* b_im, const double* cos,
                        const double* sin, int count);

    /// Fourier transform of `size` complex points, X[k] = sum of x[n] e^(-2 pi i n k / size), in
    /// natural order. size: a power of two, 256..2^20.The result stands in `re` and `im`; `work` are
    /// two arrays of the same size. cos, sin: of k / size cycles, k < size, then size more of them as
    /// FourierTurns lays them out. No arrays overlap.
    void (*fourier)(float* re, float* im, float* work_re, float* work_im, const float* cos,
                    const float* sin, int size);

    /// Gaussian functions in double precision: out[j] = exp(-r^2 / spread), r from `place` to the
    /// place j, whose coordinate d is coordinates[d * stride + j]. As math::exp gives it; squares
    /// are added in the order of d. No arrays overlap.
    void (*gaussians)(double* out, const double* place, const double* coordinates, int stride,
                      int dimensions, double spread, int count);

    /// Elimination of four rows by two others, in double precision:
    /// rows[r][j] = (rows[r][j] - from[2 r] * x[j]) - from[2 r + 1] * y[j]. No arrays overlap.
    void (*eliminate)(double* const* rows, const double* from, const double* x, const double* y,
                      int count);
};

/// The kernels of the best instruction set that this CPU has, or the one that the environment
/// variable DRUMGEN_ISA names ("portable", "v2", "v3", "v4") when the CPU has it.
[[nodiscard]] const Kernels& kernels() noexcept;

/// Kernels by name; null when this build or CPU does not have them.
[[nodiscard]] const Kernels* find_kernels(const char* isa) noexcept;

}  // namespace drumgen

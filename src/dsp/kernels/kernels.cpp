// Compiled once for each instruction set, with DRUMGEN_ISA naming the namespace. Uses nothing of
// the standard library that could leave a function compiled for a newer CPU in a shared name.
#include "dsp/kernels/kernels.h"

#include "base/exponential.h"

#define DRUMGEN_JOIN_(a, b) a##b
#define DRUMGEN_JOIN(a, b) DRUMGEN_JOIN_(a, b)
#define DRUMGEN_TEXT_(a) #a
#define DRUMGEN_TEXT(a) DRUMGEN_TEXT_(a)

#define DRUMGEN_ISA_NAMESPACE DRUMGEN_JOIN(isa_, DRUMGEN_ISA)

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

/// The exponential itself once in 256 samples, between them by ratios: a quarter of the work, and
/// the rounding of eight products more.
void decay(float* out, int frames, float start, float step, float scale, float floor) {
    constexpr int group = 2 * lane_count;
    constexpr int anchor = 256;
    constexpr int vectors = group / width;
    const bool chained = start >= 0 && step >= 0;
    const Float ratio = exp_negative(smaller(splat(step * group), splat(80.0F)));
    const auto put = [&](int j, Float fall) {
        const Float v = floor + scale * fall;
        store(out + j, choose(v < 1e-7F, Float{}, v));
    };
    Float fall[vectors] = {};
    const int stretch = chained ? anchor : group;
    for (int begin = 0; begin < frames; begin += stretch) {
        for (int i = 0; i < vectors; ++i) {
            const Float place = first_places() + static_cast<float>(begin + i * width);
            Float x = start + step * place;
            x = choose(x > 0.0F, x, Float{});
            // Nothing is left of it long before it is a denormal number.
            fall[i] = choose(x > 40.0F, Float{}, exp_negative(smaller(x, splat(80.0F))));
        }
        const int end = begin + stretch < frames ? begin + stretch : frames;
        int j = begin;
        for (; j + group <= end; j += group) {
            for (int i = 0; i < vectors; ++i) {
                put(j + i * width, fall[i]);
                fall[i] *= ratio;
            }
        }
        for (int i = 0; j + i * width < end; ++i) {
            put(j + i * width, fall[i]);
        }
    }
}

void ramp(float* out, int frames, float start, float step) {
    Float place = first_places();
    for (int j = 0; j < frames; j += width, place += static_cast<float>(width)) {
        const Float v = start + step * place;
        store(out + j, smaller(larger(v, Float{}), splat(1.0F)));
    }
}

void sweep(float* out, int frames, float start, float slope, float bend, float rate) {
    Float place = first_places();
    for (int j = 0; j < frames; j += width, place += static_cast<float>(width)) {
        const Float u = rate * place;
        Float p = u * (1.0F / 5040.0F) - (1.0F / 720.0F);
        p = p * u + (1.0F / 120.0F);
        p = p * u - (1.0F / 24.0F);
        p = p * u + (1.0F / 6.0F);
        p = p * u - 0.5F;
        p = p * u + 1.0F;
        store(out + j, (start + slope * place) + bend * (u * p));
    }
}

void sine(float* out, const float* phase, const float* gain, int frames) {
    for (int j = 0; j < frames; j += width) {
        store(out + j, sine_cycles(load(phase + j)) * load(gain + j));
    }
}

void add(float* out, const float* in, int frames) {
    for (int j = 0; j < frames; j += width) {
        store(out + j, load(out + j) + load(in + j));
    }
}

void add_scaled(float* out, const float* in, float gain, int frames) {
    for (int j = 0; j < frames; j += width) {
        store(out + j, load(out + j) + gain * load(in + j));
    }
}

void add_ramped(float* out, const float* in, float start, float step, int frames) {
    Float place = first_places();
    for (int j = 0; j < frames; j += width, place += static_cast<float>(width)) {
        store(out + j, load(out + j) + (start + step * place) * load(in + j));
    }
}

void scale(float* out, const float* in, float gain, int frames) {
    for (int j = 0; j < frames; j += width) {
        store(out + j, load(in + j) * gain);
    }
}

void multiply(float* out, const float* in, const float* gain, int frames) {
    for (int j = 0; j < frames; j += width) {
        store(out + j, load(in + j) * load(gain + j));
    }
}

void tanh_drive(float* out, const float* in, float drive, int frames) {
    for (int j = 0; j < frames; j += width) {
        store(out + j, tanh_of(load(in + j) * drive));
    }
}

void noise(float* out, RandomStream stream, std::uint32_t index, int frames) {
    const Word lanes = lane_words();
    for (int j = 0; j < frames; j += width) {
        Word x = lanes + (index + static_cast<std::uint32_t>(j) + stream.key0);
        x = (x ^ (x >> 16)) * 0x7FEB352Du;
        x = (x ^ (x >> 15)) + stream.key1;
        x = (x ^ (x >> 15)) * 0x846CA68Bu;
        x = x ^ (x >> 16);
        const Int top = reinterpret_cast<Int>(x) >> 8;
        store(out + j, __builtin_convertvector(top, Float) * 0x1p-23F);
    }
}

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

void correlate(float* out, const CorrelateRun* runs, int run_count, int frames) {
    int j = 0;
    j = correlate_by<8>(out, runs, run_count, j, frames);
    j = correlate_by<4>(out, runs, run_count, j, frames);
    j = correlate_by<2>(out, runs, run_count, j, frames);
    correlate_by<1>(out, runs, run_count, j, frames);
}

/// max(0, u) with its corner rounded over -1..1: (1 - u^2)^3, scaled to unit area, integrated twice.
inline Float rounded_ramp(Float u) noexcept {
    const Float v = smaller(larger(u, splat(-1.0F)), splat(1.0F));
    const Float z = v * v;
    Float p = splat(-5.0F / 256.0F);
    p = p * z + 7.0F / 64.0F;
    p = p * z - 35.0F / 128.0F;
    p = p * z + 35.0F / 64.0F;
    p = p * z + 35.0F / 256.0F;
    return choose(u > -1.0F, (p + v * 0.5F) + (u - v), Float{});
}

void triangle(float* out, const float* phase, const float* gain, float corner, int frames) {
    const float per_corner = 1.0F / corner;
    for (int j = 0; j < frames; j += width) {
        const Float x = load(phase + j);
        const Float r = x - round_to_integer(x);
        // The distance from the nearest corner, |d| = 2 max(0, d) - d.
        const Float u = (magnitude(r) - 0.25F) * per_corner;
        const Float v = 1.0F - (4.0F * corner) * (2.0F * rounded_ramp(u) - u);
        const Float s = from_bits(bits(v) ^ (bits(r) & static_cast<std::int32_t>(0x80000000)));
        store(out + j, s * load(gain + j));
    }
}

void clip_excess(float* out, const float* in, float ceiling, float knee, int frames) {
    const float per_knee = 1.0F / knee;
    for (int j = 0; j < frames; j += width) {
        const Float x = load(in + j);
        const Float over = knee * rounded_ramp((magnitude(x) - ceiling) * per_knee);
        const Int sign = ~bits(x) & static_cast<std::int32_t>(0x80000000);
        store(out + j, from_bits(bits(over) | sign));
    }
}

void recur(float* out, const float* in, float near, float far, int frames) {
    // What was written is kept in registers: to read it again would cost more than the arithmetic.
    Float last[parts];
    Float before[parts];
    for (int i = 0; i < parts; ++i) {
        last[i] = load(out + (i * width - 16));
        before[i] = load(out + (i * width - 32));
    }
    for (int j = 0; j < frames; j += lane_count) {
        for (int i = 0; i < parts; ++i) {
            const Float now = (load(in + j + i * width) - near * last[i]) - far * before[i];
            store(out + j + i * width, now);
            before[i] = last[i];
            last[i] = now;
        }
    }
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

float peak_correlate(const float* in, const float* weight, int taps, int frames) {
    const CorrelateRun run{in, weight, taps};
    Int top{};
    int j = 0;
    j = peak_by<8>(top, run, j, frames);
    j = peak_by<4>(top, run, j, frames);
    peak_by<1>(top, run, j, frames);
    return largest_lane(top);
}

void add_pulses(float* out, const Pulse* pulses, int count, const float* table, int stride,
                int frames) {
    for (const Pulse* pulse = pulses; pulse != pulses + count; ++pulse) {
        float* const to = out + pulse->to;
        const float* const row = table + pulse->from;
        const float* const next = row + stride;
        const float* const last = next + stride;
        const auto [first_gain, next_gain, last_gain] = pulse->gains;
        for (int j = 0; j < frames; j += width) {
            const Float sum = (first_gain * load(row + j) + next_gain * load(next + j)) +
                              last_gain * load(last + j);
            store(to + j, load(to + j) + sum);
        }
    }
}

void tanh_excess(float* out, const float* in, float drive, int frames) {
    for (int j = 0; j < frames; j += width) {
        const Float x = load(in + j) * drive;
        store(out + j, tanh_of(x) - x);
    }
}

void modulate(float* out, const float* in, std::uint32_t phase, std::uint32_t step, int order,
              int frames) {
    const Word lanes = lane_words() * step;
    for (int j = 0; j < frames; j += width) {
        const Word at = lanes + (phase + step * static_cast<std::uint32_t>(j));
        // A quarter cycle on, as a cosine.
        const Int cycles = reinterpret_cast<Int>(at + 0x40000000u) >> 8;
        const Float c = sine_cycles(__builtin_convertvector(cycles, Float) * 0x1p-24F);
        // Twice the cosines by the recursion of Chebyshev's polynomials.
        const Float c2 = c + c;
        Float before = splat(2.0F);
        Float now = c2;
        Float sum = c2;
        for (int k = 1; k < order; ++k) {
            const Float next = c2 * now - before;
            before = now;
            now = next;
            sum += next;
        }
        store(out + j, load(in + j) * sum);
    }
}

/// Whether each lane is one more than the one before.
inline bool are_in_a_row(Int v) noexcept {
    const Int off = v - (reinterpret_cast<Int>(lane_words()) + v[0]);
    std::int32_t any = 0;
    for (int lane = 0; lane < width; ++lane) {
        any |= off[lane];
    }
    return any == 0;
}

/// Lagrange's polynomial through six samples, the places -2 to 3 around the one before.
void read_between(float* out, const float* in, const float* behind, float origin, int frames) {
    Float place = first_places();
    for (int j = 0; j < frames; j += width, place += static_cast<float>(width)) {
        const Float at = (place + origin) - load(behind + j);
        Int whole = __builtin_convertvector(at, Int);
        whole = whole & (whole > 0);
        const Float x = at - __builtin_convertvector(whole, Float);
        float gathered[6][width];
        if (are_in_a_row(whole)) {
            for (int i = 0; i < 6; ++i) {
                store(gathered[i], load(in + whole[0] - 2 + i));
            }
        } else {
            for (int lane = 0; lane < width; ++lane) {
                const float* const from = in + whole[lane] - 2;
                for (int i = 0; i < 6; ++i) {
                    gathered[i][lane] = from[i];
                }
            }
        }
        const auto y = [&gathered](int i) { return load(gathered[i]); };
        const Float a = x + 2.0F;
        const Float b = x + 1.0F;
        const Float c = x - 1.0F;
        const Float d = x - 2.0F;
        const Float e = x - 3.0F;
        const Float ab = a * b;
        const Float de = d * e;
        const Float abx = ab * x;
        const Float cde = c * de;
        const Float sum =
            (((b * x) * cde) * (y(0) * (-1.0F / 120)) + ((a * x) * cde) * (y(1) * (1.0F / 24))) +
            ((ab * cde) * (y(2) * (-1.0F / 12)) + (abx * de) * (y(3) * (1.0F / 12))) +
            ((abx * (c * e)) * (y(4) * (-1.0F / 24)) + (abx * (c * d)) * (y(5) * (1.0F / 120)));
        store(out + j, sum);
    }
}

void gate_by(float* sound, const float* level, float threshold, float closed, float slope,
             int frames) {
    for (int j = 0; j < frames; j += width) {
        const Float over = load(level + j) - threshold;
        const Float gain = closed + choose(over > 0.0F, slope * over, Float{});
        store(sound + j, load(sound + j) * gain);
    }
}

void butterflies(double* __restrict a_re, double* __restrict a_im, double* __restrict b_re,
                 double* __restrict b_im, const double* __restrict cos,
                 const double* __restrict sin, int count) {
    for (int k = 0; k < count; ++k) {
        const double re = b_re[k] * cos[k] + b_im[k] * sin[k];
        const double im = b_im[k] * cos[k] - b_re[k] * sin[k];
        b_re[k] = a_re[k] - re;
        b_im[k] = a_im[k] - im;
        a_re[k] += re;
        a_im[k] += im;
    }
}

/// The points of one of four interleaved parts.
struct Complex {
    Float re;
    Float im;
};

inline Complex operator+(Complex a, Complex b) noexcept {
    return {a.re + b.re, a.im + b.im};
}

inline Complex operator-(Complex a, Complex b) noexcept {
    return {a.re - b.re, a.im - b.im};
}

/// Times -i.
inline Complex turned(Complex a) noexcept {
    return {a.im, -a.re};
}

/// Times cos - i sin.
inline Complex times(Complex a, Float cos, Float sin) noexcept {
    return {a.re * cos + a.im * sin, a.im * cos - a.re * sin};
}

/// Transform of four points.
inline void join_four(Complex& a, Complex& b, Complex& c, Complex& d) noexcept {
    const Complex even = a + c;
    const Complex odd = a - c;
    const Complex other_even = b + d;
    const Complex other_odd = turned(b - d);
    a = even + other_even;
    b = odd + other_odd;
    c = even - other_even;
    d = odd - other_odd;
}

/// The first stages: 16 points at a time that lie size / 16 apart, a lane for each place; what comes
/// of one place lies together.
void fourier_sixteens(float* __restrict out_re, float* __restrict out_im,
                      const float* __restrict re, const float* __restrict im,
                      const float* __restrict cos, const float* __restrict sin, int size) noexcept {
    constexpr int points = 16;
    const int apart = size / points;
    const float* const turn_cos = cos + size;
    const float* const turn_sin = sin + size;
    // cos and sin of k / 16 cycles.
    const float c1 = 0.923879533F;
    const float s1 = 0.382683432F;
    const float c2 = 0.707106781F;
    const float inner_cos[10] = {1, c1, c2, s1, 0, -s1, -c2, -c1, -1, -c1};
    const float inner_sin[10] = {0, s1, c2, c1, 1, c1, c2, s1, 0, -s1};
    for (int place = 0; place < apart; place += width) {
        Complex x[points];
        for (int j = 0; j < points; ++j) {
            x[j] = {load(re + place + j * apart), load(im + place + j * apart)};
        }
        for (int j = 0; j < 4; ++j) {
            join_four(x[j], x[j + 4], x[j + 8], x[j + 12]);
        }
        for (int j = 1; j < 4; ++j) {
            for (int k = 1; k < 4; ++k) {
                x[j + 4 * k] =
                    times(x[j + 4 * k], splat(inner_cos[j * k]), splat(inner_sin[j * k]));
            }
        }
        for (int k = 0; k < 4; ++k) {
            join_four(x[4 * k], x[4 * k + 1], x[4 * k + 2], x[4 * k + 3]);
        }
        float tile_re[points][width];
        float tile_im[points][width];
        for (int k = 0; k < 4; ++k) {
            for (int j = 0; j < 4; ++j) {
                const int at = k + 4 * j;  // in order
                const Complex y = times(x[4 * k + j], load(turn_cos + at * apart + place),
                                        load(turn_sin + at * apart + place));
                store(tile_re[at], y.re);
                store(tile_im[at], y.im);
            }
        }
        for (int lane = 0; lane < width; ++lane) {
            for (int at = 0; at < points; ++at) {
                out_re[(place + lane) * points + at] = tile_re[at][lane];
                out_im[(place + lane) * points + at] = tile_im[at][lane];
            }
        }
    }
}

/// One stage more: parts of `stride` points, of which four become one.
void fourier_fours(float* __restrict out_re, float* __restrict out_im, const float* __restrict re,
                   const float* __restrict im, const float* __restrict cos,
                   const float* __restrict sin, int size, int stride) noexcept {
    const int parts_left = size / stride / 4;
    const int apart = size / 4;
    for (int part = 0; part < parts_left; ++part) {
        const int turn = part * stride;
        const Float cos_1 = splat(cos[turn]);
        const Float sin_1 = splat(sin[turn]);
        const Float cos_2 = splat(cos[2 * turn]);
        const Float sin_2 = splat(sin[2 * turn]);
        const Float cos_3 = splat(cos[3 * turn]);
        const Float sin_3 = splat(sin[3 * turn]);
        for (int k = 0; k < stride; k += width) {
            const int from = part * stride + k;
            Complex x[4];
            for (int j = 0; j < 4; ++j) {
                x[j] = {load(re + from + j * apart), load(im + from + j * apart)};
            }
            join_four(x[0], x[1], x[2], x[3]);
            x[1] = times(x[1], cos_1, sin_1);
            x[2] = times(x[2], cos_2, sin_2);
            x[3] = times(x[3], cos_3, sin_3);
            const int to = 4 * part * stride + k;
            for (int j = 0; j < 4; ++j) {
                store(out_re + to + j * stride, x[j].re);
                store(out_im + to + j * stride, x[j].im);
            }
        }
    }
}

// Stockham's transform, which needs no reordering. Source: P. N. Swarztrauber, "FFT algorithms for
// vector computers", 1984.
void fourier(float* re, float* im, float* work_re, float* work_im, const float* cos,
             const float* sin, int size) {
    float* from_re = work_re;
    float* from_im = work_im;
    float* to_re = re;
    float* to_im = im;
    fourier_sixteens(work_re, work_im, re, im, cos, sin, size);
    int stride = 16;
    for (; stride * 4 <= size; stride *= 4) {
        fourier_fours(to_re, to_im, from_re, from_im, cos, sin, size, stride);
        float* const old_re = from_re;
        float* const old_im = from_im;
        from_re = to_re;
        from_im = to_im;
        to_re = old_re;
        to_im = old_im;
    }
    if (stride < size) {
        // Two halves are left.
        for (int k = 0; k < stride; k += width) {
            const Complex a{load(from_re + k), load(from_im + k)};
            const Complex b{load(from_re + k + stride), load(from_im + k + stride)};
            const Complex sum = a + b;
            const Complex difference = a - b;
            store(re + k, sum.re);
            store(im + k, sum.im);
            store(re + k + stride, difference.re);
            store(im + k + stride, difference.im);
        }
    } else if (from_re != re) {
        for (int k = 0; k < size; k += width) {
            store(re + k, load(from_re + k));
            store(im + k, load(from_im + k));
        }
    }
}

void gaussians(double* __restrict out, const double* __restrict place,
               const double* __restrict coordinates, int stride, int dimensions, double spread,
               int count) {
    constexpr int block = 64;
    for (int begin = 0; begin < count; begin += block) {
        const int size = count - begin < block ? count - begin : block;
        double squares[block] = {};
        for (int d = 0; d < dimensions; ++d) {
            const double* const from = coordinates + static_cast<std::int64_t>(d) * stride + begin;
            for (int j = 0; j < size; ++j) {
                const double difference = place[d] - from[j];
                squares[j] += difference * difference;
            }
        }
        for (int j = 0; j < size; ++j) {
            out[begin + j] = math::exponential(-squares[j] / spread);
        }
    }
}

void eliminate(double* const* rows, const double* __restrict from, const double* __restrict x,
               const double* __restrict y, int count) {
    double* __restrict const row_0 = rows[0];
    double* __restrict const row_1 = rows[1];
    double* __restrict const row_2 = rows[2];
    double* __restrict const row_3 = rows[3];
    for (int j = 0; j < count; ++j) {
        row_0[j] = (row_0[j] - from[0] * x[j]) - from[1] * y[j];
        row_1[j] = (row_1[j] - from[2] * x[j]) - from[3] * y[j];
        row_2[j] = (row_2[j] - from[4] * x[j]) - from[5] * y[j];
        row_3[j] = (row_3[j] - from[6] * x[j]) - from[7] * y[j];
    }
}

}  // namespace

extern const Kernels table;
const Kernels table{
    DRUMGEN_TEXT(DRUMGEN_ISA),
    decay,
    ramp,
    sweep,
    sine,
    add,
    add_scaled,
    add_ramped,
    scale,
    multiply,
    tanh_drive,
    noise,
    walk,
    correlate,
    triangle,
    clip_excess,
    recur,
    dot,
    sum,
    peak,
    peak_and_bend,
    mix_lines,
    peak_correlate,
    add_pulses,
    tanh_excess,
    modulate,
    read_between,
    gate_by,
    butterflies,
    fourier,
    gaussians,
    eliminate,
};

}  // namespace drumgen::DRUMGEN_ISA_NAMESPACE

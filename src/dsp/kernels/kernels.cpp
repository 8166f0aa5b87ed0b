// Compiled once for each instruction set, with DRUMGEN_ISA naming the namespace. Uses nothing of
// the standard library that could leave a function compiled for a newer CPU in a shared name.
#include "dsp/kernels/kernels.h"

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
    return choose(a > b, a, b);
}

inline Float smaller(Float a, Float b) noexcept {
    return choose(a < b, a, b);
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

void decay(float* out, int frames, float start, float step, float scale, float floor) {
    Float place = first_places();
    for (int j = 0; j < frames; j += width, place += static_cast<float>(width)) {
        Float x = start + step * place;
        x = choose(x > 0.0F, x, Float{});
        x = smaller(x, splat(80.0F));
        const Float v = floor + scale * exp_negative(x);
        store(out + j, choose(v < 1e-7F, Float{}, v));
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

void walk(float* out, const float* in, std::int32_t* total, int frames) {
    std::int32_t sum = *total;
    for (int j = 0; j < frames; j += width) {
        Int steps = __builtin_convertvector(round_to_integer(load(in + j) * 0x1p12F), Int);
        // Two roundings keep the product inside round_to_integer's range: 12 bits, then 12 more.
        const Float rest = load(in + j) * 0x1p12F - __builtin_convertvector(steps, Float);
        steps = (steps << 12) + __builtin_convertvector(round_to_integer(rest * 0x1p12F), Int);
        Int sums;
        for (int i = 0; i < width; ++i) {
            sum += steps[i];
            sums[i] = sum;
        }
        store(out + j, __builtin_convertvector(sums, Float) * 0x1p-24F);
    }
    *total = sum;
}

void correlate(float* out, const CorrelateRun* runs, int run_count, int frames) {
    const CorrelateRun* const end = runs + run_count;
    int j = 0;
    for (; j + 4 * width <= frames; j += 4 * width) {
        Float a{};
        Float b{};
        Float c{};
        Float d{};
        for (const CorrelateRun* run = runs; run != end; ++run) {
            for (int k = 0; k < run->taps; ++k) {
                const float* from = run->in + j + k;
                const float w = run->weight[k];
                a += w * load(from);
                b += w * load(from + width);
                c += w * load(from + 2 * width);
                d += w * load(from + 3 * width);
            }
        }
        store(out + j, a);
        store(out + j + width, b);
        store(out + j + 2 * width, c);
        store(out + j + 3 * width, d);
    }
    for (; j < frames; j += width) {
        Float a{};
        for (const CorrelateRun* run = runs; run != end; ++run) {
            for (int k = 0; k < run->taps; ++k) {
                a += run->weight[k] * load(run->in + j + k);
            }
        }
        store(out + j, a);
    }
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
    for (int j = 0; j < frames; j += width) {
        store(out + j, (load(in + j) - near * load(out + j - 16)) - far * load(out + j - 32));
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

inline float largest_lane(Float v) noexcept {
    float top = 0;
    for (int i = 0; i < width; ++i) {
        top = v[i] > top ? v[i] : top;
    }
    return top;
}

float peak(const float* in, int frames) {
    Float top{};
    for (int j = 0; j < frames; j += width) {
        top = larger(top, magnitude(load(in + j)));
    }
    return largest_lane(top);
}

float peak_bend(const float* in, int frames) {
    Float top{};
    for (int j = 0; j < frames; j += width) {
        const Float bend = (load(in + j - 1) + load(in + j + 1)) - 2.0F * load(in + j);
        top = larger(top, magnitude(bend));
    }
    return largest_lane(top);
}

float peak_correlate(const float* in, const float* weight, int taps, int frames) {
    Float top{};
    for (int j = 0; j < frames; j += lane_count) {
        Float sums[parts] = {};
        for (int k = 0; k < taps; ++k) {
            for (int part = 0; part < parts; ++part) {
                sums[part] += weight[k] * load(in + j + k + part * width);
            }
        }
        for (int part = 0; part < parts; ++part) {
            top = larger(top, magnitude(sums[part]));
        }
    }
    return largest_lane(top);
}

void quantise(std::int32_t* out, const float* in, float full_scale, int frames) {
    const Float top = splat(full_scale - 1.0F);
    const Float bottom = splat(-full_scale);
    for (int j = 0; j < frames; j += width) {
        const Float x = smaller(larger(load(in + j) * full_scale, bottom), top);
        // Beyond 2^22 a float has at most one fraction bit, so round the even part and the rest.
        const Float half = round_to_integer(x * 0.5F);
        const Float rest = x - 2.0F * half;
        const Int whole = 2 * __builtin_convertvector(half, Int);
        const Int v = whole + __builtin_convertvector(round_to_integer(rest), Int);
        __builtin_memcpy(out + j, &v, sizeof v);
    }
}

void add_pulses(float* out, const Pulse* pulses, int count, const float* table, int stride,
                int frames) {
    for (const Pulse* pulse = pulses; pulse != pulses + count; ++pulse) {
        float* const to = out + pulse->to;
        const float* const row = table + pulse->from;
        const float* const next = row + stride;
        const float gain = pulse->gain;
        const float next_gain = pulse->next_gain;
        for (int j = 0; j < frames; j += width) {
            store(to + j, load(to + j) + (gain * load(row + j) + next_gain * load(next + j)));
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
    peak_bend,
    peak_correlate,
    quantise,
    add_pulses,
    tanh_excess,
    modulate,
};

}  // namespace drumgen::DRUMGEN_ISA_NAMESPACE

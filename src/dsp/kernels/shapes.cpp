// Compiled once for each instruction set, with DRUMGEN_ISA naming the namespace. Uses nothing of
// the standard library that could leave a function compiled for a newer CPU in a shared name.
#include "dsp/kernels/vectors.h"

namespace drumgen::DRUMGEN_ISA_NAMESPACE {

namespace {

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

}  // namespace

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

void add_pulses(float* out, const Pulse* pulses, int count, const float* table, int stride,
                int frames) {
    for (const Pulse* pulse = pulses; pulse != pulses + count; ++pulse) {
        float* const to = out + pulse->to;
        const float* const row = table + pulse->from;
        const float* const next = row + stride;
        const auto [first_gain, next_gain] = pulse->gains;
        for (int j = 0; j < frames; j += width) {
            const Float sum = first_gain * load(row + j) + next_gain * load(next + j);
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

namespace {

/// Whether each lane is one more than the one before.
inline bool are_in_a_row(Int v) noexcept {
    const Int off = v - (reinterpret_cast<Int>(lane_words()) + v[0]);
    std::int32_t any = 0;
    for (int lane = 0; lane < width; ++lane) {
        any |= off[lane];
    }
    return any == 0;
}

}  // namespace

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

}  // namespace drumgen::DRUMGEN_ISA_NAMESPACE

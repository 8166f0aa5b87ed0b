// Compiled once for each instruction set, with DRUMGEN_ISA naming the namespace. Uses nothing of
// the standard library that could leave a function compiled for a newer CPU in a shared name.
#include "dsp/kernels/vectors.h"

namespace drumgen::DRUMGEN_ISA_NAMESPACE {

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

}  // namespace drumgen::DRUMGEN_ISA_NAMESPACE

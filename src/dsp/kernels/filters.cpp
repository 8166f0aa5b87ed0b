// Compiled once for each instruction set, with DRUMGEN_ISA naming the namespace. Uses nothing of
// the standard library that could leave a function compiled for a newer CPU in a shared name.
#include "dsp/kernels/vectors.h"

namespace drumgen::DRUMGEN_ISA_NAMESPACE {

namespace {

constexpr int biquad_block = 256;

/// Calls each(j) for vectors that cover from..to; the last may overlap the one before.
template <class Each>
inline void for_vectors(int from, int to, const Each& each) noexcept {
    int j = from;
    for (; j + width <= to; j += width) {
        each(j);
    }
    if (j < to) {
        each(to - width);
    }
}

inline Float stage(const float* in, int lag, const float* weight) noexcept {
    return (load(in) + weight[0] * load(in - lag)) + weight[1] * load(in - 2 * lag);
}

}  // namespace

/// What a stage reads of the one before from ahead of the block is made anew.
void biquad(float* out, const float* in, const float* weight, float* state, int frames) {
    float first[28 + biquad_block];
    float second[24 + biquad_block];
    const float* const after_1 = weight + 4;
    const float* const after_2 = weight + 6;
    const float* const after_4 = weight + 8;
    const float near = weight[10];
    const float far = weight[11];
    const float direct = weight[12];
    Float before[parts];
    Float last[parts];
    for (int i = 0; i < parts; ++i) {
        before[i] = load(state + i * width);
        last[i] = load(state + lane_count + i * width);
    }
    for (int at = 0; at < frames; at += biquad_block) {
        const int count = at + biquad_block < frames ? biquad_block : frames - at;
        const float* const from = in + at;
        float* const a = first + 28;
        float* const b = second + 24;
        for_vectors(-28, count, [&](int j) {
            const float* const x = from + j;
            store(a + j, (weight[0] * load(x - 1) + weight[1] * load(x - 2)) +
                             (weight[2] * load(x - 3) + weight[3] * load(x - 4)));
        });
        for_vectors(-24, count, [&](int j) { store(b + j, stage(a + j, 2, after_1)); });
        for_vectors(-16, count, [&](int j) { store(a + j, stage(b + j, 4, after_2)); });
        for (int j = 0; j < count; j += lane_count) {
            for (int i = 0; i < parts; ++i) {
                const int place = j + i * width;
                const Float now = (stage(a + place, 8, after_4) - near * last[i]) - far * before[i];
                store(out + at + place, now + direct * load(from + place));
                before[i] = last[i];
                last[i] = now;
            }
        }
    }
    for (int i = 0; i < parts; ++i) {
        store(state + i * width, before[i]);
        store(state + lane_count + i * width, last[i]);
    }
}

void ring(float* out, const float* start, float cosine, float sine, int frames) {
    Float s[parts];
    Float c[parts];
    for (int i = 0; i < parts; ++i) {
        s[i] = load(start + i * width);
        c[i] = load(start + lane_count + i * width);
    }
    for (int j = 0; j < frames; j += lane_count) {
        for (int i = 0; i < parts; ++i) {
            float* const to = out + j + i * width;
            store(to, load(to) + s[i]);
            const Float turned = s[i] * cosine + c[i] * sine;
            c[i] = c[i] * cosine - s[i] * sine;
            s[i] = turned;
        }
    }
}

}  // namespace drumgen::DRUMGEN_ISA_NAMESPACE

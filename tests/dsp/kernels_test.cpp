#include "dsp/kernels/kernels.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstring>
#include <vector>

using namespace drumgen;

namespace {

constexpr int frames = 1024;

std::vector<const Kernels*> all_kernels() {
    std::vector<const Kernels*> all;
    for (const char* isa : {"portable", "v2", "v3", "v4"}) {
        if (const Kernels* found = find_kernels(isa); found != nullptr) {
            all.push_back(found);
        }
    }
    return all;
}

std::vector<float> noise(float scale, std::uint32_t index = 0) {
    std::vector<float> out(frames);
    kernels().noise(out.data(), random_stream(1, "kernels"), index, frames);
    for (float& x : out) {
        x *= scale;
    }
    return out;
}

bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
    return std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

/// Everything the kernels of one instruction set make of the same input.
std::vector<float> run_all(const Kernels& k) {
    const std::vector<float> in = noise(3.0F);
    const std::vector<float> gain = noise(1.0F, 5000);
    const std::array<float, 7> weight{0.1F, -0.3F, 0.7F, 1.0F, 0.6F, -0.2F, 0.05F};
    std::vector<float> all;
    std::vector<float> out(frames);
    const auto keep = [&] { all.insert(all.end(), out.begin(), out.end()); };
    k.decay(out.data(), frames, -0.3F, 0.02F, 0.8F, 0.0F), keep();
    k.decay(out.data(), frames, 0.0F, 0.001F, 0.8F, 0.2F), keep();
    k.ramp(out.data(), frames, -0.2F, 0.0013F), keep();
    k.sweep(out.data(), frames, 0.3F, 0.001F, 16.0F, 0.00009F), keep();
    k.sine(out.data(), in.data(), gain.data(), frames), keep();
    k.add(out.data(), in.data(), frames), keep();
    k.add_scaled(out.data(), in.data(), 0.37F, frames), keep();
    k.scale(out.data(), in.data(), 0.37F, frames), keep();
    k.multiply(out.data(), in.data(), gain.data(), frames), keep();
    k.tanh_drive(out.data(), in.data(), 1.5F, frames), keep();
    k.noise(out.data(), random_stream(9, "x"), 77, frames), keep();
    k.triangle(out.data(), in.data(), gain.data(), 0.02F, frames), keep();
    k.clip_excess(out.data(), in.data(), 0.8F, 0.3F, frames), keep();
    std::vector<float> recurring(frames + 32, 0.5F);
    k.recur(recurring.data() + 32, in.data(), -0.3F, 0.2F, frames);
    all.insert(all.end(), recurring.begin(), recurring.end());
    k.tanh_excess(out.data(), in.data(), 1.5F, frames), keep();
    k.modulate(out.data(), in.data(), 0xDEADBEEFu, 0xC0FFEE01u, 4, frames), keep();
    const std::array<Pulse, 2> pulses{Pulse{16, 5, 0.3F, -0.7F}, Pulse{32, 300, -0.2F, 0.9F}};
    k.add_pulses(out.data(), pulses.data(), 2, in.data(), 144, 128), keep();
    std::int32_t total = 12345;
    k.walk(out.data(), gain.data(), &total, frames), keep();
    const std::array<CorrelateRun, 2> runs{CorrelateRun{in.data(), weight.data(), 7},
                                           CorrelateRun{gain.data() + 3, weight.data(), 4}};
    k.correlate(out.data(), runs.data(), 2, frames - 112), keep();
    all.push_back(static_cast<float>(total));
    all.push_back(k.dot(in.data(), gain.data(), frames));
    all.push_back(k.sum(in.data(), frames));
    all.push_back(k.peak(in.data(), frames));
    all.push_back(k.peak_bend(in.data() + 16, frames - 32));
    all.push_back(k.peak_correlate(in.data(), weight.data(), 7, frames - 16));
    std::vector<std::int32_t> integers(frames);
    k.quantise(integers.data(), in.data(), 8388608.0F, frames);
    for (const std::int32_t value : integers) {
        all.push_back(static_cast<float>(value));
    }
    return all;
}

}  // namespace

TEST_SUITE("dsp/kernels") {
    TEST_CASE("every instruction set gives the same bits") {
        const std::vector<float> portable = run_all(*find_kernels("portable"));
        for (const Kernels* other : all_kernels()) {
            CAPTURE(other->isa);
            CHECK(same_bits(portable, run_all(*other)));
        }
    }

    TEST_CASE("decay is exp within 2e-6, exactly its scale at 0, exactly 0 below 1e-7") {
        std::vector<float> out(frames);
        kernels().decay(out.data(), frames, 0, 0.02F, 1, 0);
        CHECK(out[0] == 1.0F);
        for (int j = 0; j < frames; ++j) {
            const double exact = std::exp(-static_cast<double>(0.02F) * j);
            const auto x = static_cast<double>(out[static_cast<std::size_t>(j)]);
            if (exact < 0.99e-7) {
                CHECK(x == 0);
            } else if (exact > 1.01e-7) {
                CHECK(std::abs(x / exact - 1) < 2e-6);
            }
        }
    }

    TEST_CASE("sine is within 2e-7") {
        const std::vector<float> phase = noise(4.0F);
        const std::vector<float> one(frames, 1.0F);
        std::vector<float> out(frames);
        kernels().sine(out.data(), phase.data(), one.data(), frames);
        for (std::size_t j = 0; j < frames; ++j) {
            const auto x = static_cast<double>(phase[j]);
            CHECK(std::abs(static_cast<double>(out[j]) - std::sin(2 * M_PI * x)) < 2e-7);
        }
    }

    TEST_CASE("tanh is within 4e-7 of its value, small ones too") {
        for (const float scale : {1e-6F, 1e-3F, 0.1F, 1.0F, 5.0F, 50.0F}) {
            const std::vector<float> in = noise(scale);
            std::vector<float> out(frames);
            kernels().tanh_drive(out.data(), in.data(), 1.0F, frames);
            for (std::size_t j = 0; j < frames; ++j) {
                const double exact = std::tanh(static_cast<double>(in[j]));
                CHECK(std::abs(static_cast<double>(out[j]) - exact) <= 4e-7 * std::abs(exact));
            }
        }
    }

    TEST_CASE("tanh_excess is tanh less its argument") {
        for (const float scale : {1e-3F, 0.1F, 1.0F, 5.0F}) {
            const std::vector<float> in = noise(scale);
            std::vector<float> out(frames);
            kernels().tanh_excess(out.data(), in.data(), 2.0F, frames);
            for (std::size_t j = 0; j < frames; ++j) {
                const double x = 2 * static_cast<double>(in[j]);
                CHECK(std::abs(static_cast<double>(out[j]) - (std::tanh(x) - x)) <=
                      4e-7 * std::abs(x));
            }
        }
    }

    TEST_CASE("modulate multiplies with twice the cosines of a phase that never loses precision") {
        const std::vector<float> in = noise(1.0F);
        for (const int order : {1, 2, 4}) {
            std::vector<float> out(frames);
            constexpr std::uint32_t phase = 123456789;
            constexpr std::uint32_t step = 3000000019u;
            kernels().modulate(out.data(), in.data(), phase, step, order, frames);
            for (std::uint32_t j = 0; j < frames; ++j) {
                double sum = 0;
                for (int k = 1; k <= order; ++k) {
                    sum += 2 * std::cos(2 * M_PI * k * static_cast<double>(phase + step * j) /
                                        4294967296.0);
                }
                CHECK(std::abs(static_cast<double>(out[j]) - sum * static_cast<double>(in[j])) <
                      (order == 1 ? 1e-6 : 1e-5));
            }
        }
    }

    TEST_CASE("add_pulses adds two neighbouring rows of a table") {
        const std::vector<float> table = noise(1.0F);
        std::vector<float> out(64, 1.0F);
        const Pulse pulse{16, 7, 0.25F, 0.5F};
        kernels().add_pulses(out.data(), &pulse, 1, table.data(), 40, 32);
        for (std::size_t j = 0; j < 64; ++j) {
            const bool inside = j >= 16 && j < 48;
            const float added = inside ? 0.25F * table[j - 9] + 0.5F * table[j + 31] : 0.0F;
            CHECK(out[j] == 1.0F + added);
        }
    }

    TEST_CASE("noise is that of base/random") {
        const RandomStream stream = random_stream(3, "noise");
        std::vector<float> out(frames);
        kernels().noise(out.data(), stream, 1000, frames);
        for (std::uint32_t j = 0; j < frames; ++j) {
            const auto top = static_cast<std::int32_t>(random_bits(stream, 1000 + j)) >> 8;
            CHECK(out[j] == static_cast<float>(top) * 0x1p-23F);
        }
    }

    TEST_CASE("quantise rounds to nearest, ties to even, and saturates") {
        const std::vector<float> in{0.5F,  1.5F,   2.5F, -0.5F, -1.5F, 1e9F, -1e9F, 0.49999F,
                                    2.51F, -2.49F, 0.0F, 7.0F,  -7.0F, 3.5F, -3.5F, 4194304.5F};
        const std::vector<std::int32_t> expected{0, 2,  2, 0, -2, 8388607, -8388608, 0,
                                                 3, -2, 0, 7, -7, 4,       -4,       4194304};
        std::vector<float> scaled;
        for (const float x : in) {
            scaled.push_back(x / 8388608.0F);
        }
        std::vector<std::int32_t> out(in.size());
        kernels().quantise(out.data(), scaled.data(), 8388608.0F, static_cast<int>(in.size()));
        CHECK(out == expected);
    }
}

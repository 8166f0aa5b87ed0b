#include "dsp/kernels/kernels.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstring>
#include <vector>

using namespace drumgen;

namespace {

constexpr int tried_frames = 1024;

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
    std::vector<float> out(tried_frames);
    kernels().noise(out.data(), random_stream(1, "kernels"), index, tried_frames);
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
    std::vector<float> out(tried_frames);
    const auto keep = [&] { all.insert(all.end(), out.begin(), out.end()); };
    k.decay(out.data(), tried_frames, -0.3F, 0.02F, 0.8F, 0.0F), keep();
    k.decay(out.data(), tried_frames, 0.0F, 0.001F, 0.8F, 0.2F), keep();
    k.ramp(out.data(), tried_frames, -0.2F, 0.0013F), keep();
    k.sweep(out.data(), tried_frames, 0.3F, 0.001F, 16.0F, 0.00009F), keep();
    k.sine(out.data(), in.data(), gain.data(), tried_frames), keep();
    k.add(out.data(), in.data(), tried_frames), keep();
    k.add_scaled(out.data(), in.data(), 0.37F, tried_frames), keep();
    k.scale(out.data(), in.data(), 0.37F, tried_frames), keep();
    k.multiply(out.data(), in.data(), gain.data(), tried_frames), keep();
    k.tanh_drive(out.data(), in.data(), 1.5F, tried_frames), keep();
    k.noise(out.data(), random_stream(9, "x"), 77, tried_frames), keep();
    k.triangle(out.data(), in.data(), gain.data(), 0.02F, tried_frames), keep();
    k.clip_excess(out.data(), in.data(), 0.8F, 0.3F, tried_frames), keep();
    std::vector<float> state(32, 0.5F);
    const std::vector<float> pairs = noise(0.4F, 7000);
    k.biquad(out.data(), in.data() + 32, pairs.data(), state.data(), tried_frames - 32), keep();
    all.insert(all.end(), state.begin(), state.end());
    out = gain;
    k.ring(out.data(), in.data(), 0.99F, 0.05F, tried_frames), keep();
    k.tanh_excess(out.data(), in.data(), 1.5F, tried_frames), keep();
    k.modulate(out.data(), in.data(), 0xDEADBEEFu, 0xC0FFEE01u, 4, tried_frames), keep();
    const std::array<Pulse, 2> pulses{Pulse{16, 5, {0.3F, -0.7F}}, Pulse{32, 300, {-0.2F, 0.9F}}};
    k.add_pulses(out.data(), pulses.data(), 2, in.data(), 144, 128), keep();
    std::int32_t total = 12345;
    k.walk(out.data(), gain.data(), &total, tried_frames), keep();
    const std::array<CorrelateRun, 2> runs{CorrelateRun{in.data(), weight.data(), 7},
                                           CorrelateRun{gain.data() + 3, weight.data(), 4}};
    k.correlate(out.data(), runs.data(), 2, tried_frames - 112), keep();
    const std::vector<float> long_weight = noise(0.2F, 9000);
    for (const int taps : {1, 15, 16, 31, 33, 47, 48, 100}) {
        const CorrelateRun run{in.data() + 1, long_weight.data(), taps};
        k.correlate(out.data(), &run, 1, tried_frames - 112), keep();
        all.push_back(k.peak_correlate(in.data(), long_weight.data(), taps, tried_frames - 112));
    }
    std::vector<float> behind(tried_frames);
    k.decay(behind.data(), tried_frames, 0.0F, 0.01F, 30.0F, 0.0F);
    k.read_between(out.data(), in.data() + 40, behind.data(), 29.7F, tried_frames - 80), keep();
    out = gain;
    k.gate_by(out.data(), in.data(), 0.1F, 0.3F, 2.0F, tried_frames), keep();
    all.push_back(static_cast<float>(total));
    all.push_back(k.dot(in.data(), gain.data(), tried_frames));
    all.push_back(k.sum(in.data(), tried_frames));
    all.push_back(k.peak(in.data(), tried_frames));
    float bend = 0;
    all.push_back(k.peak_and_bend(in.data() + 16, tried_frames - 32, &bend));
    all.push_back(bend);
    k.add_ramped(out.data(), in.data(), 0.3F, -0.01F, tried_frames), keep();
    std::vector<float> lines(4 * tried_frames);
    const std::array<float*, 4> into{&lines[0], &lines[tried_frames], &lines[2 * tried_frames],
                                     &lines[3 * tried_frames]};
    const std::array<const float*, 4> from{&in[0], &gain[0], &in[7], &gain[9]};
    k.mix_lines(into.data(), from.data(), long_weight.data(), in.data(), out.data(), 0.25F, 0.5F,
                tried_frames - 16),
        keep();
    all.insert(all.end(), lines.begin(), lines.end());
    k.mix_lines(into.data(), from.data(), long_weight.data(), nullptr, out.data(), 0.25F, 0.5F,
                tried_frames - 16),
        keep();
    all.push_back(k.peak_correlate(in.data(), weight.data(), 7, tried_frames - 16));
    std::array<std::vector<double>, 6> doubles;
    for (std::size_t i = 0; i < doubles.size(); ++i) {
        const std::vector<float> some = noise(1.0F, static_cast<std::uint32_t>(20'000 * i));
        doubles[i].assign(some.begin(), some.end());
    }
    constexpr int odd = tried_frames - 5;
    k.butterflies(doubles[0].data(), doubles[1].data(), doubles[2].data(), doubles[3].data(),
                  doubles[4].data(), doubles[5].data(), odd);
    // Four rows and two sources; and Gaussians of what is there.
    const std::array<double, 8> sources{0.1, -0.2, 0.3, 0.4, -0.5, 0.6, 0.7, -0.8};
    const std::array<double*, 4> rows{doubles[0].data(), doubles[1].data(), doubles[2].data(),
                                      doubles[3].data()};
    k.eliminate(rows.data(), sources.data(), doubles[4].data(), doubles[5].data(), odd);
    std::vector<double> coordinates(doubles[0]);
    coordinates.insert(coordinates.end(), doubles[1].begin(), doubles[1].end());
    k.gaussians(doubles[5].data(), sources.data(), coordinates.data(), tried_frames, 2, 0.37, odd);
    for (const std::vector<double>& row : doubles) {
        out.resize(2 * row.size());
        std::memcpy(out.data(), row.data(), row.size() * sizeof(double));  // bit by bit
        keep();
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
        std::vector<float> out(tried_frames);
        kernels().decay(out.data(), tried_frames, 0, 0.02F, 1, 0);
        CHECK(out[0] == 1.0F);
        for (int j = 0; j < tried_frames; ++j) {
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
        const std::vector<float> one(tried_frames, 1.0F);
        std::vector<float> out(tried_frames);
        kernels().sine(out.data(), phase.data(), one.data(), tried_frames);
        for (std::size_t j = 0; j < tried_frames; ++j) {
            const auto x = static_cast<double>(phase[j]);
            CHECK(std::abs(static_cast<double>(out[j]) - std::sin(2 * M_PI * x)) < 2e-7);
        }
    }

    TEST_CASE("tanh is within 4e-7 of its value, small ones too") {
        for (const float scale : {1e-6F, 1e-3F, 0.1F, 1.0F, 5.0F, 50.0F}) {
            const std::vector<float> in = noise(scale);
            std::vector<float> out(tried_frames);
            kernels().tanh_drive(out.data(), in.data(), 1.0F, tried_frames);
            for (std::size_t j = 0; j < tried_frames; ++j) {
                const double exact = std::tanh(static_cast<double>(in[j]));
                CHECK(std::abs(static_cast<double>(out[j]) - exact) <= 4e-7 * std::abs(exact));
            }
        }
    }

    TEST_CASE("tanh_excess is tanh less its argument") {
        for (const float scale : {1e-3F, 0.1F, 1.0F, 5.0F}) {
            const std::vector<float> in = noise(scale);
            std::vector<float> out(tried_frames);
            kernels().tanh_excess(out.data(), in.data(), 2.0F, tried_frames);
            for (std::size_t j = 0; j < tried_frames; ++j) {
                const double x = 2 * static_cast<double>(in[j]);
                CHECK(std::abs(static_cast<double>(out[j]) - (std::tanh(x) - x)) <=
                      4e-7 * std::abs(x));
            }
        }
    }

    TEST_CASE("modulate multiplies with twice the cosines of a phase that never loses precision") {
        const std::vector<float> in = noise(1.0F);
        for (const int order : {1, 2, 4}) {
            std::vector<float> out(tried_frames);
            constexpr std::uint32_t phase = 123456789;
            constexpr std::uint32_t step = 3000000019u;
            kernels().modulate(out.data(), in.data(), phase, step, order, tried_frames);
            for (std::uint32_t j = 0; j < tried_frames; ++j) {
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
        const Pulse pulse{16, 7, {0.25F, 0.5F}};
        kernels().add_pulses(out.data(), &pulse, 1, table.data(), 40, 32);
        for (std::size_t j = 0; j < 64; ++j) {
            const bool inside = j >= 16 && j < 48;
            const float added = inside ? 0.25F * table[j - 9] + 0.5F * table[j + 31] : 0.0F;
            CHECK(out[j] == 1.0F + added);
        }
    }

    TEST_CASE("correlate sums every tap of every run") {
        const std::vector<float> in = noise(1.0F);
        const std::vector<float> weight = noise(1.0F, 700);
        std::vector<float> out(tried_frames);
        for (const int taps : {1, 2, 15, 16, 17, 32, 47, 48, 49, 111}) {
            CAPTURE(taps);
            const std::array<CorrelateRun, 2> runs{CorrelateRun{in.data(), weight.data(), taps},
                                                   CorrelateRun{in.data() + 5, weight.data(), 3}};
            kernels().correlate(out.data(), runs.data(), 2, tried_frames - 112);
            double worst = 0;
            for (std::size_t j = 0; j < tried_frames - 112; ++j) {
                double sum = 0;
                for (const CorrelateRun& run : runs) {
                    for (int k = 0; k < run.taps; ++k) {
                        sum += static_cast<double>(run.weight[k]) *
                               static_cast<double>(run.in[j + static_cast<std::size_t>(k)]);
                    }
                }
                worst = std::max(worst, std::abs(sum - static_cast<double>(out[j])));
            }
            CHECK(worst < 1e-5);
        }
    }

    TEST_CASE("mix_lines is a matrix, the input, and the sum of what it makes") {
        constexpr int few = 32;
        const std::vector<float> source = noise(1.0F);
        const std::vector<float> weight = noise(1.0F, 300);
        std::vector<float> made(4 * few);
        std::vector<float> out(few);
        float* const into[] = {&made[0], &made[few], &made[2 * few], &made[3 * few]};
        const float* const from[] = {&source[0], &source[32], &source[64], &source[96]};
        kernels().mix_lines(into, from, weight.data(), &source[128], out.data(), 0.25F, 2.0F, few);
        for (std::size_t j = 0; j < few; ++j) {
            const auto in = static_cast<double>(source[128 + j]);
            double sum = 0;
            for (std::size_t i = 0; i < 4; ++i) {
                double line = in;
                for (std::size_t k = 0; k < 4; ++k) {
                    line +=
                        static_cast<double>(weight[4 * i + k]) * static_cast<double>(from[k][j]);
                }
                CHECK(static_cast<double>(into[i][j]) == doctest::Approx(line).epsilon(1e-5));
                sum += line;
            }
            CHECK(static_cast<double>(out[j]) ==
                  doctest::Approx(0.25 * sum + 2 * in).epsilon(1e-5));
        }
    }

    TEST_CASE("walk is the running sum of its steps") {
        const std::vector<float> in = noise(1.0F);
        std::vector<float> out(tried_frames);
        std::int32_t total = 0;
        kernels().walk(out.data(), in.data(), &total, tried_frames);
        double sum = 0;
        for (std::size_t j = 0; j < tried_frames; ++j) {
            sum += std::nearbyint(static_cast<double>(in[j]) * 0x1p24) * 0x1p-24;
            CHECK(static_cast<double>(out[j]) == doctest::Approx(sum).epsilon(1e-6));
        }
        CHECK(static_cast<double>(total) * 0x1p-24 == doctest::Approx(sum).epsilon(1e-6));
    }

    TEST_CASE("read_between reads polynomials of degree 5 exactly") {
        std::vector<float> in(tried_frames);
        const auto curve = [](double t) { return ((t - 1) * t + 0.5) * t * t * t; };
        for (std::size_t k = 0; k < tried_frames; ++k) {
            in[k] = static_cast<float>(curve(static_cast<double>(k) / tried_frames));
        }
        const std::vector<float> behind(tried_frames, 0.25F);
        std::vector<float> out(tried_frames);
        kernels().read_between(out.data(), in.data(), behind.data(), 3.0F, tried_frames - 32);
        for (std::size_t j = 0; j < tried_frames - 32; ++j) {
            const double at = static_cast<double>(j) + 2.75;
            CHECK(static_cast<double>(out[j]) ==
                  doctest::Approx(curve(at / tried_frames)).epsilon(1e-5));
        }
    }

    TEST_CASE("gate_by opens with the level beyond its threshold") {
        const std::vector<float> level = noise(1.0F);
        std::vector<float> out(tried_frames, 2.0F);
        kernels().gate_by(out.data(), level.data(), 0.25F, 0.5F, 3.0F, tried_frames);
        for (std::size_t j = 0; j < tried_frames; ++j) {
            const float over = level[j] - 0.25F;
            CHECK(out[j] == 2.0F * (0.5F + (over > 0 ? 3.0F * over : 0.0F)));
        }
    }

    TEST_CASE("noise is that of base/random") {
        const RandomStream stream = random_stream(3, "noise");
        std::vector<float> out(tried_frames);
        kernels().noise(out.data(), stream, 1000, tried_frames);
        for (std::uint32_t j = 0; j < tried_frames; ++j) {
            const auto top = static_cast<std::int32_t>(random_bits(stream, 1000 + j)) >> 8;
            CHECK(out[j] == static_cast<float>(top) * 0x1p-23F);
        }
    }
}

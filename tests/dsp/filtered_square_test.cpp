#include "dsp/filtered_square.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <complex>
#include <vector>

using namespace drumgen;

namespace {

constexpr std::array<Resonance, 3> resonances{{{6000, 3}, {9000, 4}, {12000, 5}}};
constexpr std::array<double, 3> gains{0.5, 0.4, 0.3};
constexpr int square_frames = 4800;

/// A signal with room for what rings before and behind it.
struct Sound {
    Signal samples = Signal(static_cast<std::size_t>(square_frames + 400), 0.0F);
    [[nodiscard]] float* data() { return samples.data() + filtered_square_lead; }
};

/// Flat to 20 kHz, the integral of a Blackman window to 24 kHz.
double band_limit(double hz) {
    const double x = std::min(1.0, std::max(0.0, (hz - 20000) / 4000));
    return 1 - (0.42 * x - 0.25 / M_PI * std::sin(2 * M_PI * x) +
                0.02 / M_PI * std::sin(4 * M_PI * x)) /
                   0.42;
}

/// The square wave as a sum of its harmonics through the resonances.
std::vector<double> additive(const SquareWave& wave) {
    std::vector<double> sum(square_frames);
    for (int k = 1; k * wave.hz < 24000; k += 2) {
        std::complex<double> response = 0;
        for (std::size_t r = 0; r < resonances.size(); ++r) {
            const std::complex<double> s{0, k * wave.hz / resonances[r].hz};
            response += gains[r] * (s / resonances[r].q) / (s * s + s / resonances[r].q + 1.0);
        }
        response *= 4 / (M_PI * k) * band_limit(k * wave.hz);
        for (int j = 0; j < square_frames; ++j) {
            const double cycles = k * (wave.hz * j / stream_rate_hz + wave.phase_cycles);
            sum[static_cast<std::size_t>(j)] +=
                std::imag(response * std::polar(1.0, 2 * M_PI * cycles));
        }
    }
    return sum;
}

}  // namespace

TEST_SUITE("dsp/filtered_square") {
    TEST_CASE("a square wave through resonances is the sum of its harmonics to -80 dB") {
        const Signal rows = StepResponses(resonances).mixed(gains, kernels());
        const Signal flat(square_frames + 1, 1.0F);
        for (const SquareWave wave : {SquareWave{300, 0}, SquareWave{437.31, 0.37},
                                      SquareWave{973.7, 0.81}, SquareWave{1760, 0.5}}) {
            Sound sound;
            add_filtered_square(wave, 0, 0, flat.data(), square_frames, rows, sound.data(),
                                kernels());
            const std::vector<double> exact = additive(wave);
            double power = 0;
            double error = 0;
            // The resonances have to settle, and the last edges have not come yet.
            for (int j = 200; j < square_frames - 100; ++j) {
                const double e = exact[static_cast<std::size_t>(j)];
                power += e * e;
                error += std::pow(static_cast<double>(sound.data()[j]) - e, 2);
            }
            CAPTURE(wave.hz);
            CHECK(10 * std::log10(error / power) < -80);
        }
    }

    TEST_CASE("made in pieces it is the same sound") {
        const Signal rows = StepResponses(resonances).mixed(gains, kernels());
        Signal envelope(square_frames + 1);
        for (std::size_t k = 0; k < envelope.size(); ++k) {
            envelope[k] = static_cast<float>(std::exp(-static_cast<double>(k) / 2000));
        }
        const SquareWave wave{437.31, 0.37};
        Sound whole;
        add_filtered_square(wave, 0.0013, 0, envelope.data(), square_frames, rows, whole.data(),
                            kernels());
        Sound pieces;
        constexpr int cut = 1600;
        add_filtered_square(wave, 0.0013, 0, envelope.data(), cut, rows, pieces.data(), kernels());
        add_filtered_square(wave, 0.0013, cut, envelope.data() + cut, square_frames - cut, rows,
                            pieces.data() + cut, kernels());
        for (std::size_t k = 0; k < whole.samples.size(); ++k) {
            CHECK(std::abs(whole.samples[k] - pieces.samples[k]) < 1e-6F);
        }
    }

    TEST_CASE("under an exponential envelope it decays with it") {
        const Signal rows = StepResponses(resonances).mixed(gains, kernels());
        Signal envelope(square_frames + 1);
        for (std::size_t k = 0; k < envelope.size(); ++k) {
            envelope[k] = static_cast<float>(std::exp(-static_cast<double>(k) / 500));
        }
        Sound sound;
        const SquareWave wave{1000, 0.1};  // 48 frames a cycle
        add_filtered_square(wave, 0, 0, envelope.data(), square_frames, rows, sound.data(),
                            kernels());
        const auto energy = [&](int from) {
            double sum = 0;
            for (int j = from; j < from + 480; ++j) {
                sum += std::pow(static_cast<double>(sound.data()[j]), 2);
            }
            return sum;
        };
        const double fall_db = 10 * std::log10(energy(480) / energy(2880));
        CHECK(fall_db ==
              doctest::Approx(20 * 2400 / 500.0 * std::log10(std::exp(1))).epsilon(1e-3));
    }
}

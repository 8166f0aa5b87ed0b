#include "dsp/feedback_delay_network.h"

#include <doctest/doctest.h>

#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

#include "base/units.h"
#include "instruments/snare_shell.h"

using namespace drumgen;

namespace {

std::complex<double> response(const GaussianDelay& delay, double hz) {
    std::complex<double> sum = 0;
    int back = delay.oldest;
    for (const float weight : delay.weights) {
        sum += static_cast<double>(weight) *
               std::polar(1.0, -2 * std::numbers::pi * hz / stream_rate_hz * back--);
    }
    return sum;
}

Signal impulse_response(const DelayNetwork& network, int frames, int stretch) {
    FeedbackDelayNetwork lines(network);
    Signal in(static_cast<std::size_t>(frames), 0.0F);
    in[0] = 1;
    Signal out(in.size());
    for (int at = 0; at < frames; at += stretch) {
        lines.next(out.data() + at, in.data() + at, std::min(stretch, frames - at), kernels());
    }
    return out;
}

double energy(const Signal& x, std::size_t from, std::size_t to) {
    double sum = 0;
    for (std::size_t k = from; k < to; ++k) {
        sum += static_cast<double>(x[k]) * static_cast<double>(x[k]);
    }
    return sum;
}

}  // namespace

TEST_SUITE("dsp/feedback_delay_network") {
    TEST_CASE(
        "a Gaussian delay delays by its frames within 0.01 cents of 150 Hz's period, and damps as "
        "it says") {
        for (const double cutoff_hz : {2000.0, 3000.0, 4000.0, 5600.0}) {
            for (const double frames : {80.0, 159.3, 213.5, 320.77}) {
                const GaussianDelay delay(cutoff_hz, frames);
                for (const double hz : {150.0, 225.0, 300.0}) {
                    const std::complex<double> h = response(delay, hz);
                    const std::complex<double> ideal =
                        std::polar(1.0, -2 * std::numbers::pi * hz * frames / stream_rate_hz);
                    const double late =
                        -std::arg(h / ideal) / (2 * std::numbers::pi * hz) * stream_rate_hz;
                    CHECK(std::abs(late) < 0.01 / 1731 * 320);
                    const double x = hz / cutoff_hz;
                    CHECK(std::abs(std::abs(h) - std::exp(-0.5 * x * x)) < 2e-5);
                }
                for (double hz = 0; hz < 24000; hz += 50) {
                    CHECK(std::abs(response(delay, hz)) <= 1 + 1e-6);
                }
            }
        }
    }

    TEST_CASE("the matrix is orthogonal, and without membrane keeps all lines alike") {
        for (const double membrane : {0.0, 0.07, 0.2, 0.5, 1.0}) {
            const DelayNetwork network = shell_network({.membrane = membrane});
            for (std::size_t i = 0; i < 4; ++i) {
                double row_sum = 0;
                for (std::size_t j = 0; j < 4; ++j) {
                    double product = 0;
                    for (std::size_t k = 0; k < 4; ++k) {
                        product += network.feedback[i][k] * network.feedback[j][k];
                    }
                    CHECK(product == doctest::Approx(i == j ? 1 : 0).epsilon(1e-12));
                    row_sum += network.feedback[i][j];
                }
                CHECK(row_sum == doctest::Approx(1).epsilon(1e-12));
            }
        }
    }

    TEST_CASE("the stretches that it is called in change no bit") {
        const DelayNetwork network = shell_network({.fundamental_hz = 300, .membrane = 0.6});
        const Signal whole = impulse_response(network, 8192, 8192);
        CHECK(whole == impulse_response(network, 8192, 16));
        CHECK(whole == impulse_response(network, 8192, 1008));
    }

    TEST_CASE("what it holds never grows: eight seconds of every kind of shell") {
        for (const double fundamental_hz : {150.0, 225.0, 300.0}) {
            for (const double membrane : {0.0, 0.1, 0.3, 1.0}) {
                for (const double damping_hz : {2000.0, 5600.0}) {
                    const Signal out = impulse_response(
                        shell_network({fundamental_hz, damping_hz, membrane}), 8 * 48000, 4096);
                    // Half a second holds many beats of the detuned lines.
                    const double early = energy(out, 24000, 48000);
                    const double late = energy(out, out.size() - 24000, out.size());
                    CHECK(late <= 1.02 * early);
                    CHECK(late > 0);
                }
            }
        }
    }
}

// What must be true of two channels, of every instrument: they fold down to the sound of one.
#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <numeric>
#include <vector>

#include "drumgen/patch_json.h"
#include "dsp/fft.h"
#include "dsp/true_peak.h"
#include "law_patches.h"
#include "listen.h"
#include "render/loudness.h"

using namespace drumgen;

namespace {

constexpr double widths[] = {0.1, 0.5, 1};
constexpr double rates_hz[] = {44100, 48000, 88200, 96000};

double product(const Signal& a, const Signal& b) {
    return std::inner_product(
        a.begin(), a.end(), b.begin(), 0.0, std::plus<>(),
        [](float x, float y) { return static_cast<double>(x) * static_cast<double>(y); });
}

double decibels(double power) {
    return 10 * std::log10(power + 1e-30);
}

Signal combined(const Sound& sound, float right) {
    Signal sum = sound.samples;
    for (std::size_t k = 0; k < sum.size(); ++k) {
        sum[k] = 0.5F * (sum[k] + right * sound.right[k]);
    }
    return sum;
}

/// Energy below a frequency; of the sound and three times its length of silence.
double energy_below(const Signal& samples, double rate_hz, double hz) {
    const std::size_t size = std::bit_ceil(4 * samples.size());
    std::vector<double> block(size);
    // Faded in, as a step at the front has all frequencies.
    std::copy(samples.begin(), samples.end(), block.begin());
    std::vector<double> power;
    PowerSpectrum spectrum(static_cast<int>(size));
    spectrum(block, power);
    const auto bins = static_cast<std::ptrdiff_t>(hz * static_cast<double>(size) / rate_hz);
    return 2 * std::accumulate(power.begin(), power.begin() + bins, 0.0) /
           static_cast<double>(size);
}

float peak_of(const Signal& x) {
    Signal padded(x.size() + 3 * true_peak_margin, 0.0F);
    std::copy(x.begin(), x.end(), padded.begin() + true_peak_margin);
    return true_peak(padded.data() + true_peak_margin, static_cast<std::int64_t>(x.size()),
                     Bandwidth::any, kernels());
}

/// Half of the sum of both channels is the sound of one, but for a factor and rounding.
void check_fold_down(const Sound& one, const Sound& two) {
    REQUIRE(two.is_stereo());
    REQUIRE(two.right.size() == one.samples.size());
    const Signal folded = combined(two, 1);
    const double own = product(one.samples, one.samples);
    if (own == 0) {
        CHECK(product(folded, folded) == 0);
        return;
    }
    const double factor = product(folded, one.samples) / own;
    CHECK(factor > 0);
    CHECK(factor < 1 + 1e-6);
    double most = 0;
    for (std::size_t k = 0; k < folded.size(); ++k) {
        most = std::max(most, std::abs(static_cast<double>(folded[k]) -
                                       factor * static_cast<double>(one.samples[k])));
    }
    CHECK(most < 1e-6);
}

void check_balance(const Sound& two, double width) {
    const Signal side = combined(two, -1);
    const Signal mid = combined(two, 1);
    const double left = product(two.samples, two.samples);
    const double right = product(two.right, two.right);
    if (left + right < 1e-9) {
        return;
    }
    CHECK(std::abs(decibels(left / right)) <= 1.5);
    const double correlation = product(two.samples, two.right) / std::sqrt(left * right);
    CHECK(correlation >= -1e-4);
    CHECK(correlation <= 1 + 1e-9);
    (void)width;
    const double deep = energy_below(side, two.sample_rate_hz, 150);
    CHECK(decibels(deep / product(mid, mid)) <= -45);
}

void check_all(const Patch& patch, bool is_sweep_of_rates) {
    const std::string patch_text = patch_to_json(patch);
    CAPTURE(patch_text);
    for (const double rate_hz : rates_hz) {
        CAPTURE(rate_hz);
        const Patch at_rate = laws::with_render(patch, "rate", rate_hz);
        const Sound one = render(resolve(at_rate));
        double narrower = 1 + 1e-6;
        for (const double width : widths) {
            CAPTURE(width);
            const Sound two = render(resolve(laws::with_render(at_rate, "width", width)));
            check_fold_down(one, two);
            check_balance(two, width);
            const float peak = std::max(peak_of(two.samples), peak_of(two.right));
            CHECK(peak <= 0.95F);
            const double energies =
                std::sqrt(product(two.samples, two.samples) * product(two.right, two.right));
            const double correlation =
                energies > 0 ? product(two.samples, two.right) / energies : 1;
            CHECK(correlation <= narrower + 1e-6);
            narrower = correlation;
        }
        if (!is_sweep_of_rates) {
            break;
        }
    }
}

TEST_SUITE("laws") {
    TEST_CASE("two channels fold down to the sound of one, and none is louder or deeper") {
        for (const Instrument* instrument : instruments()) {
            CAPTURE(instrument->name);
            int k = 0;
            for (const Patch& patch : laws::random_patches(*instrument, laws::count_or(12))) {
                check_all(patch, laws::is_sweep() || k++ % 4 == 0);
            }
        }
    }
}

}  // namespace

// What must be true of two channels, of every instrument: they fold down to the sound of one.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <vector>

#include "drumgen/patch_json.h"
#include "fine_spectrum.h"
#include "law_patches.h"
#include "measure/features.h"
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

/// Energy below a frequency.
double energy_below(const Signal& samples, double rate_hz, double hz) {
    const std::vector<double>& power = laws::fine_spectrum(samples);
    const auto size = static_cast<double>(2 * (power.size() - 1));
    const auto bins = static_cast<std::ptrdiff_t>(hz * size / rate_hz);
    return 2 * std::accumulate(power.begin(), power.begin() + bins, 0.0) / size;
}

double true_peak_of(const Sound& two) {
    return std::max(measure_channel(two.samples, two.sample_rate_hz).true_peak,
                    measure_channel(two.right, two.sample_rate_hz).true_peak);
}

double correlation_of(const Sound& two) {
    const double energies =
        std::sqrt(product(two.samples, two.samples) * product(two.right, two.right));
    return energies > 0 ? product(two.samples, two.right) / energies : 1;
}

/// Half of the sum of both channels is the sound of one, but for a factor and rounding.
///   returns   the factor
double check_fold_down(const Sound& one, const Sound& two) {
    REQUIRE(two.is_stereo());
    REQUIRE(two.right.size() == one.samples.size());
    const Signal folded = mid_of(two).samples;
    const double own = product(one.samples, one.samples);
    if (own == 0) {
        CHECK(product(folded, folded) == 0);
        return 1;
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
    return factor;
}

void check_balance(const Sound& two) {
    const Signal side = side_of(two);
    const Signal mid = mid_of(two).samples;
    const double left = product(two.samples, two.samples);
    const double right = product(two.right, two.right);
    if (left + right < 1e-9) {
        return;
    }
    CHECK(std::abs(decibels(left / right)) <= 1.5);
    const double correlation = correlation_of(two);
    CHECK(correlation >= -1e-4);
    CHECK(correlation <= 1 + 1e-9);
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
            (void)check_fold_down(one, two);
            check_balance(two);
            CHECK(true_peak_of(two) <= 0.95F);
            const double correlation = correlation_of(two);
            CHECK(correlation <= narrower + 1e-6);
            narrower = correlation;
        }
        if (!is_sweep_of_rates) {
            break;
        }
    }
}

/// A softer hit is as much softer as that of one channel.
void check_velocities(const Patch& patch) {
    const std::string patch_text = patch_to_json(patch);
    CAPTURE(patch_text);
    std::optional<double> hardest;
    for (const double velocity : {1.0, 0.9, 0.3}) {
        CAPTURE(velocity);
        const Patch hit = laws::with_render(patch, "velocity", velocity);
        const Sound one = render(resolve(hit));
        const Sound two = render(resolve(laws::with_render(hit, "width", 1)));
        const double factor = check_fold_down(one, two);
        check_balance(two);
        CHECK(true_peak_of(two) <= 0.95F);
        if (!hardest) {
            hardest = factor;
        } else if (product(one.samples, one.samples) > 0) {
            CHECK(factor == doctest::Approx(*hardest).epsilon(1e-3));
        }
    }
}

TEST_SUITE("laws") {
    TEST_CASE("a softer hit of two channels is as much softer as that of one") {
        for (const Instrument* instrument : instruments()) {
            CAPTURE(instrument->name);
            for (const Patch& patch : laws::random_patches(*instrument, laws::count_or(6))) {
                check_velocities(patch);
            }
        }
    }

    TEST_CASE(
        "without a level two channels are those of the engine, and a level of loudness counts "
        "both") {
        for (const Instrument* instrument : instruments()) {
            CAPTURE(instrument->name);
            Resolved patch = resolve(empty_patch(*instrument));
            patch.render.level = Level::none;
            const Sound one = render(patch);
            patch.render.width = 0.7;
            CHECK(check_fold_down(one, render(patch)) == doctest::Approx(1).epsilon(1e-6));
            patch.render.level = Level::loudness;
            patch.render.loudness_target_lufs = -30;
            CHECK(loudness_lufs(render(patch)) == doctest::Approx(-30).epsilon(1e-3));
        }
    }

    TEST_CASE("a low rate and a draft fold down, too") {
        for (const Instrument* instrument : instruments()) {
            CAPTURE(instrument->name);
            for (const double rate_hz : {8000.0, 22050.0, 48000.0}) {
                Patch patch = laws::with_render(empty_patch(*instrument), "rate", rate_hz);
                patch = laws::with_render(patch, "quality", 0);
                const Sound one = render(resolve(patch));
                const Sound two = render(resolve(laws::with_render(patch, "width", 1)));
                (void)check_fold_down(one, two);
                check_balance(two);
            }
        }
    }

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

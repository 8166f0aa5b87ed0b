#include <doctest/doctest.h>

#include "listen.h"

using namespace drumgen;

namespace {

const listen::Settings bare{{"tune", 500},  {"interval", 1.481}, {"shimmer", 0}, {"strike", 0},
                            {"variety", 0}, {"tone", 2000},      {"ring", 0.7},  {"tail", 0.8}};

Signal with(listen::Settings more) {
    more.insert(more.begin(), bare.begin(), bare.end());
    return listen::sound_of("cowbell", more);
}

double harmonic_db(const Signal& sound, int harmonic) {
    return listen::level_db(sound, 500 * harmonic, 0.02, 0.12) -
           listen::level_db(sound, 500, 0.02, 0.12);
}

}  // namespace

TEST_SUITE("instruments/cowbell") {
    TEST_CASE("edge goes from sines to squares, and width brings even harmonics") {
        CHECK(harmonic_db(with({{"edge", 0}}), 3) < -25);
        CHECK(harmonic_db(with({{"edge", 1}}), 3) > -12);
        CHECK(harmonic_db(with({{"edge", 1}, {"width", 0}}), 2) < -60);
        CHECK(harmonic_db(with({{"edge", 1}, {"width", 0.6}}), 2) > -10);
    }

    TEST_CASE("both pulses are there, as balance says") {
        const auto upper_db = [](double balance) {
            const Signal sound = with({{"balance", balance}, {"edge", 0}});
            return listen::level_db(sound, 740.5, 0.02, 0.12) -
                   listen::level_db(sound, 500, 0.02, 0.12);
        };
        CHECK(upper_db(1) - upper_db(0) == doctest::Approx(30).epsilon(0.02));
    }

    TEST_CASE("the low noise is there without a strike") {
        const auto lows = [](double thud) {
            return listen::energy(
                listen::filtered(with({{"thud", thud}, {"strike", 0}}), low_pass(150, 0.7)), 0,
                0.2);
        };
        CHECK(lows(1) > 30 * lows(0));
    }
}

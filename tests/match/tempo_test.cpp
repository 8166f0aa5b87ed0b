#include "match/tempo.h"

#include <doctest/doctest.h>

#include <cmath>

namespace drumgen {
namespace {

TEST_SUITE("match/tempo") {
    TEST_CASE("a tempo is found within half a percent, and says how sure it is") {
        for (const double bpm : {81.0, 90.0, 104.3, 125.0, 149.0}) {
            CAPTURE(bpm);
            std::vector<double> at_s;
            std::vector<double> weight;
            for (int eighth = 0; eighth < 16; ++eighth) {
                // A few ms early or late.
                const double late_s = 0.002 * ((eighth * 7) % 5 - 2);
                at_s.push_back(0.03 + eighth * 30 / bpm + late_s);
                weight.push_back(eighth % 2 == 0 ? 1 : 0.3);
            }
            const Tempo tempo = tempo_of(at_s, weight, 4.1 * 240 / bpm);
            CHECK(std::abs(tempo.bpm - bpm) < 0.005 * bpm);
            CHECK(tempo.uncertainty > 0);
            CHECK(std::abs(tempo.bpm - bpm) < 5 * tempo.uncertainty);
            // Cut to bars it is exact.
            CHECK(tempo_of(at_s, weight, 2 * 240 / bpm).bpm == doctest::Approx(bpm).epsilon(1e-9));
        }
    }

    TEST_CASE("two hits have one, and hits at one moment do no harm") {
        CHECK(tempo_of({0, 0.5}, {1, 1}, 3.3).bpm > 50);
        CHECK(std::isfinite(tempo_of({1, 1.04}, {1, 0}, 3.3).bpm));
        CHECK(std::isfinite(tempo_of({1, 1.04}, {0, 0}, 3.3).bpm));
    }
}

}  // namespace
}  // namespace drumgen

#include "match/difference.h"

#include <doctest/doctest.h>

#include <cmath>

#include "dsp/context.h"
#include "listen.h"
#include "match/table_of.h"

namespace drumgen {
namespace {

Signal sweep(double from_hz, double to_hz) {
    Signal sound(100, 0.0F);
    double phase = 0;
    for (int k = 0; k < 24000; ++k) {
        sound.push_back(static_cast<float>(std::exp(-k / 6000.0) * std::sin(2 * M_PI * phase)));
        phase += from_hz * std::pow(to_hz / from_hz, k / 24000.0) / stream_rate_hz;
    }
    return sound;
}

TEST_SUITE("match/difference") {
    TEST_CASE("a sound is nowhere from itself") {
        const HitTable table = table_of(listen::sound_of("snare", {}));
        CHECK(difference(table, table).total() == 0);
    }

    TEST_CASE("a pitch that levels can't tell counts: a rising sweep is not a falling one") {
        // Within one band.
        const HitTable rising = table_of(sweep(205, 250));
        const HitTable falling = table_of(sweep(250, 205));
        const Difference apart = difference(rising, falling);
        CHECK(apart.pitch > 2.5);
        const Difference near = difference(rising, table_of(sweep(205.5, 250.5)));
        CHECK(near.pitch < 0.5);
    }

    TEST_CASE("noise is not a tone of the same band") {
        Signal noise(24000);
        kernels().noise(noise.data(), random_stream(1, "noise"), 0, 24000);
        Signal tones(24000, 0.0F);
        for (int band = 0; band < 19; ++band) {
            const double hz = 40 * std::pow(400.0, (band + 0.5) / 19);
            for (std::size_t k = 0; k < tones.size(); ++k) {
                tones[k] += static_cast<float>(
                    std::sqrt(hz) * std::sin(2 * M_PI * hz * static_cast<double>(k) / 48000));
            }
        }
        CHECK(difference(table_of(noise), table_of(tones)).noisiness > 1.5);
    }

    TEST_CASE("what is not known does not count") {
        const Signal sound = listen::sound_of("snare", {});
        Signal cut = sound;
        cut.resize(48 * 90);  // 80 ms and something
        HitTable wanted = table_of(cut);
        CHECK(difference(wanted, table_of(sound)).level_db > 4);
        wanted.windows = 4;
        CHECK(difference(wanted, table_of(sound)).level_db < 3);
    }
}

}  // namespace
}  // namespace drumgen

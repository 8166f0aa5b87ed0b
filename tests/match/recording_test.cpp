#include "match/recording.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "listen.h"
#include "match/hit_table.h"
#include "match/strokes.h"

namespace drumgen {
namespace {

/// Hits of an instrument at these seconds and levels.
Sound recording_of(const char* instrument, const std::vector<std::pair<double, double>>& hits,
                   double seconds) {
    std::vector<PlayedStroke> strokes;
    for (const auto& [at_s, level] : hits) {
        strokes.push_back({instrument, at_s, level});
    }
    return played(strokes, seconds);
}

TEST_SUITE("match/recording") {
    TEST_CASE("hits are found where they are, soft ones too") {
        const Sound recording =
            recording_of("snare", {{0.2, 1}, {0.7, 0.1}, {1.0, 0.5}, {1.6, 0.05}}, 2.5);
        const std::vector<Hit> hits = find_hits(recording);
        REQUIRE(hits.size() == 4);
        CHECK(hits[0].at_s == doctest::Approx(0.2).epsilon(0.02));
        CHECK(hits[1].at_s == doctest::Approx(0.7).epsilon(0.01));
        CHECK(hits[2].at_s == doctest::Approx(1.0).epsilon(0.01));
        CHECK(hits[3].at_s == doctest::Approx(1.6).epsilon(0.01));
        CHECK(hits[0].length_s == doctest::Approx(0.49).epsilon(0.03));
        CHECK(known_windows(hits[0]) == 6);
        CHECK(known_windows(hits[3]) == hit_windows);
        CHECK(hits[0].peak_db == doctest::Approx(-0.5).epsilon(1).scale(1));
    }

    TEST_CASE("a clap, a shaker and a beating bell are one hit") {
        for (const char* instrument :
             {"kick", "clap", "shaker", "cowbell", "cymbal", "tom", "hat"}) {
            CAPTURE(instrument);
            CHECK(find_hits(recording_of(instrument, {{0.1, 1}}, 3)).size() == 1);
        }
    }

    TEST_CASE("silence has no hit") {
        CHECK(find_hits({Signal(48000, 0.0F), 48000}).empty());
        CHECK(find_hits({Signal(), 48000}).empty());
    }

    TEST_CASE("an offset is taken out, and no drum's own mean") {
        Sound offset{Signal(4800, 0.1F), 48000};
        offset.samples[100] = 0.1002F;
        CHECK(take_out_offset(offset) == doctest::Approx(0.1).epsilon(0.001));
        CHECK(std::abs(offset.samples[0]) < 1e-6F);
        CHECK(offset.samples[100] == doctest::Approx(0.0002).epsilon(0.01));
        CHECK(take_out_offset(offset) == 0);
        for (const char* instrument : {"kick", "snare", "tom"}) {
            Sound drum{listen::sound_of(instrument, {}), 48000};
            const Signal before = drum.samples;
            CHECK(take_out_offset(drum) == 0);
            CHECK(drum.samples == before);
        }
        Sound silence{Signal(100, 0.0F), 48000};
        CHECK(take_out_offset(silence) == 0);
    }

    TEST_CASE("a hit is the same at other rates") {
        for (const double rate : {8000.0, 22050.0, 44100.0, 96000.0, 192000.0}) {
            CAPTURE(rate);
            const auto count = static_cast<std::size_t>(rate * 0.4);
            Sound recording{Signal(count, 0.0F), rate};
            const auto first = static_cast<std::size_t>(rate * 0.1);
            for (std::size_t k = first; k < count; ++k) {
                const double s = static_cast<double>(k - first) / rate;
                recording.samples[k] =
                    static_cast<float>(std::exp(-s / 0.05) * std::sin(2 * M_PI * 1000 * s));
            }
            const std::vector<Hit> hits = find_hits(recording);
            REQUIRE(hits.size() == 1);
            const Signal samples = hit_samples(recording, hits[0]);
            // Loudest a quarter of a cycle after its beginning.
            const auto peak = std::max_element(samples.begin(), samples.end());
            CHECK(static_cast<double>(*peak) == doctest::Approx(std::exp(-0.005)).epsilon(0.01));
            CHECK(static_cast<double>(peak - samples.begin()) == doctest::Approx(44).epsilon(0.25));
            const HitTable table = HitMeter()(samples.data(), samples.size(), kernels());
            double pitch = 0;
            float most = 0;
            for (std::size_t cell = 0; cell < hit_cells; ++cell) {
                if (table.share[cell] > most) {
                    most = table.share[cell];
                    pitch = static_cast<double>(table.pitch[cell]);
                }
            }
            CHECK(std::exp2(pitch) == doctest::Approx(1000).epsilon(0.003));
        }
    }
}

}  // namespace
}  // namespace drumgen

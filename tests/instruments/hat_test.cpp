#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "drumgen/render.h"
#include "dsp/context.h"
#include "explore/sampler.h"
#include "listen.h"
#include "measure/features.h"
#include "param/state.h"

using namespace drumgen;

namespace {

using Statements = listen::Settings;

Patch hat(const Statements& values, std::uint64_t seed = 0) {
    return listen::patch_of("hat", values, seed);
}

/// The sound before the post chain, which would level it.
Sound synthesized(const Patch& patch, double length_s) {
    const Resolved resolved = resolve(patch);
    std::vector<double> values;
    for (const Value& value : resolved.params) {
        values.push_back(value.value);
    }
    RenderContext context{.seed = patch.seed, .kernels = &kernels()};
    context.max_frames = static_cast<std::int64_t>(length_s * stream_rate_hz);
    return {patch.instrument->synthesize(values, context), stream_rate_hz};
}

Features features_of(const Statements& values) {
    return measure_features(render(resolve(hat(values))));
}

/// Energy below 3 kHz, dB.
double low_energy_db(const Sound& sound) {
    const Features features = measure_features(sound);
    const double frames = static_cast<double>(sound.samples.size());
    return 10 * std::log10(features.sub_3k_share * features.rms * features.rms * frames);
}

}  // namespace

TEST_SUITE("instruments/hat") {
    TEST_CASE("energy below 3 kHz is continuous in dirt: at most 1.3 dB for a step of 0.01") {
        for (const Statements& others :
             {Statements{}, Statements{{"tightness", 1}}, Statements{{"color", 1}, {"sheen", 1}},
              Statements{{"color", 0}, {"sheen", 0}}}) {
            double before = 0;
            for (int step = 0; step <= 100; ++step) {
                Statements values = others;
                values.emplace_back("dirt", step * 0.01);
                const double db = low_energy_db(synthesized(hat(values), 0.5));
                CAPTURE(step);
                if (step > 0) {
                    CHECK(std::abs(db - before) <= 1.3);
                }
                before = db;
            }
        }
    }

    TEST_CASE("dirt comes from nothing: 0.001 of it is 50 dB below the sound") {
        const Sound clean = synthesized(hat({{"dirt", 0}}), 0.5);
        const Sound dirty = synthesized(hat({{"dirt", 0.001}}), 0.5);
        double power = 0;
        double change = 0;
        for (std::size_t k = 0; k < clean.samples.size(); ++k) {
            const auto x = static_cast<double>(clean.samples[k]);
            power += x * x;
            change += std::pow(static_cast<double>(dirty.samples[k]) - x, 2);
        }
        CHECK(10 * std::log10(change / power) < -50);
    }

    TEST_CASE("tightness shortens the sound eightfold and more") {
        CHECK(features_of({{"tightness", 0}}).t40_s > 8 * features_of({{"tightness", 1}}).t40_s);
    }

    TEST_CASE("sheen fills the spectrum between the partials: flatness rises by 40 % and more") {
        CHECK(features_of({{"sheen", 1}}).flatness > 1.4 * features_of({{"sheen", 0}}).flatness);
    }

    TEST_CASE("dirt lowers the centroid by 12 % and more") {
        const double clean = features_of({{"dirt", 0}}).spectral_centroid_hz;
        CHECK(features_of({{"dirt", 1}}).spectral_centroid_hz < 0.88 * clean);
    }

    TEST_CASE("color raises the centroid by 15 % and more, whatever the rest") {
        for (const Statements& others :
             {Statements{}, Statements{{"dirt", 0}}, Statements{{"tightness", 0.9}, {"sheen", 0}},
              Statements{{"tightness", 0.9}, {"sheen", 1}, {"dirt", 0.2}}}) {
            Statements dark = others;
            dark.emplace_back("color", 0);
            Statements bright = others;
            bright.emplace_back("color", 1);
            CHECK(features_of(bright).spectral_centroid_hz >
                  1.15 * features_of(dark).spectral_centroid_hz);
        }
    }

    TEST_CASE("stating what the macros imply changes no sample") {
        const Patch bare =
            hat({{"tightness", 0.83}, {"sheen", 0.2}, {"dirt", 0.37}, {"color", 0.9}});
        const Resolved resolved = resolve(bare);
        Patch stated = bare;
        for (std::size_t row = 0; row < resolved.params.size(); ++row) {
            stated.params[row] = Value{resolved.params[row].value, Origin::given};
        }
        CHECK(render(resolved).samples == render(resolve(stated)).samples);
    }

    TEST_CASE("each layer falls 60 dB in its decay_ms, within 2 %") {
        for (const std::string layer : {"metal", "air", "chick"}) {
            for (const double decay_ms : {20.0, 60.0, 200.0, 1000.0, 4000.0}) {
                Statements values{{"dirt", 0}};
                for (const std::string other : {"metal", "air", "chick"}) {
                    // Soft, so that the saturation leaves it alone.
                    values.emplace_back(other + "_gain", other == layer ? 0.02 : 0);
                }
                values.emplace_back(layer + "_decay_ms", decay_ms);
                // Noise scatters: many seeds where there are few samples.
                const int seeds = decay_ms < 100 ? 300 : decay_ms < 500 ? 40 : 8;
                constexpr int windows = 40;
                const double window = decay_ms * 48 / 60;  // falls 1 dB
                std::vector<double> energy(windows);
                for (int seed = 0; seed < seeds; ++seed) {
                    const Patch patch = hat(values, static_cast<std::uint64_t>(seed));
                    const Sound sound = synthesized(patch, decay_ms / 1000);
                    for (std::size_t k = 0; k < sound.samples.size(); ++k) {
                        // From 5 dB on, when the filters have filled.
                        const auto at =
                            static_cast<std::ptrdiff_t>(static_cast<double>(k) / window - 5);
                        if (static_cast<double>(k) / window >= 5 && at < windows) {
                            const auto x = static_cast<double>(sound.samples[k]);
                            energy[static_cast<std::size_t>(at)] += x * x;
                        }
                    }
                }
                // Least squares through the levels.
                double slope = 0;
                double spread = 0;
                for (int k = 0; k < windows; ++k) {
                    const double x = k - (windows - 1) / 2.0;
                    // Windows hold whole samples, their number depends on where they fall.
                    const double count = std::ceil((k + 6) * window) - std::ceil((k + 5) * window);
                    slope += x * 10 * std::log10(energy[static_cast<std::size_t>(k)] / count);
                    spread += x * x;
                }
                slope /= spread;
                CAPTURE(layer);
                CAPTURE(decay_ms);
                CHECK(-1 / slope == doctest::Approx(1).epsilon(0.02));
            }
        }
    }

    TEST_CASE("softer is darker and at least 6 dB softer at 0.3, monotone between") {
        for (const Statements& others :
             {Statements{}, Statements{{"tightness", 0.95}, {"dirt", 0}},
              Statements{{"color", 0}, {"dirt", 1}}, Statements{{"color", 1}, {"sheen", 1}}}) {
            double centroid = 0;
            double peak = 0;
            Features at_03;
            for (const double velocity : {0.1, 0.3, 0.5, 0.7, 0.85, 1.0}) {
                Statements values = others;
                Patch patch = hat(others);
                Stating stating;
                state_render_text(patch, "velocity", std::to_string(velocity), stating);
                const Features features = measure_features(render(resolve(patch)));
                CAPTURE(velocity);
                CHECK(features.spectral_centroid_hz > 0.94 * centroid);
                CHECK(features.peak > peak);
                centroid = features.spectral_centroid_hz;
                peak = features.peak;
                at_03 = velocity == 0.3 ? features : at_03;
            }
            CHECK(at_03.spectral_centroid_hz <= 0.9 * centroid);
            CHECK(at_03.peak <= 0.5 * peak);
        }
    }

    TEST_CASE("no step where blocks and pieces meet is larger than elsewhere") {
        // The third difference, which is where a step would stand out, at every 256th frame and at
        // every 6144th, against its average, over many seeds.
        for (const int period : {256, 6144}) {
            double at_edges = 0;
            double all = 0;
            double edges = 0;
            double count = 0;
            for (std::uint64_t seed = 0; seed < 60; ++seed) {
                const Sound sound = synthesized(hat({{"tightness", 0}, {"dirt", 0.3}}, seed), 0.5);
                for (std::size_t k = 300; k + 3 < sound.samples.size(); ++k) {
                    const float* x = sound.samples.data() + k;
                    const double d = static_cast<double>(x[1] - 3 * x[0] + 3 * x[-1] - x[-2]);
                    all += d * d;
                    ++count;
                    if (k % static_cast<std::size_t>(period) <= 1) {
                        at_edges += d * d;
                        ++edges;
                    }
                }
            }
            CAPTURE(period);
            CHECK(at_edges / edges < 1.25 * all / count);
        }
    }

    TEST_CASE("a mute layer leaves the others as they are") {
        const Statements quiet{{"air_gain", 0}, {"chick_gain", 0}};
        const Sound metal = synthesized(hat(quiet), 0.3);
        Statements moved = quiet;
        moved.emplace_back("air_decay_ms", 50);
        moved.emplace_back("chick_decay_ms", 50);
        CHECK(metal.samples == synthesized(hat(moved), 0.3).samples);
    }

    TEST_CASE("all hats share a choke group") {
        CHECK(find_instrument("hat").choke_group == "hat");
        CHECK(find_instrument("kick").choke_group.empty());
    }
}

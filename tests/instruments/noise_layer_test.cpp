#include "instruments/noise_layer.h"

#include <doctest/doctest.h>

#include <cmath>

#include "param/layer.h"

using namespace drumgen;

namespace {

NoiseLayer layer_of(double decay_ms, double sustain = 0) {
    LayerParams params{0, 0, sustain, 0, 1, 0};
    set_decay(params, decay_ms);
    return {.settings = layer_settings(params),
            .level = 0.1,
            .filter = band_pass(2000, 0.7),
            .name = "test"};
}

Signal rendered(const NoiseLayer& layer, std::size_t frames, std::uint64_t seed = 5) {
    RenderContext context;
    context.seed = seed;
    context.kernels = &kernels();
    Signal sound(frames, 0.0F);
    add_noise_layer(layer, sound, context);
    return sound;
}

double energy(const Signal& sound, std::size_t from, std::size_t to) {
    double sum = 0;
    for (std::size_t k = from; k < to; ++k) {
        sum += std::pow(static_cast<double>(sound[k]), 2);
    }
    return sum;
}

double rms(const Signal& sound) {
    return std::sqrt(energy(sound, 0, sound.size()) / static_cast<double>(sound.size()));
}

}  // namespace

TEST_SUITE("instruments/noise_layer") {
    TEST_CASE("the level is the RMS, through one filter or two, in grains or without gaps") {
        NoiseLayer layer = layer_of(8000, 1);
        CHECK(rms(rendered(layer, 192000)) == doctest::Approx(0.1).epsilon(0.02));
        layer.cut = high_pass(1500, 0.7);
        CHECK(rms(rendered(layer, 192000)) == doctest::Approx(0.1).epsilon(0.02));
        for (const double grains_hz : {200.0, 2000.0, 10000.0}) {
            CAPTURE(grains_hz);
            layer.grains_hz = grains_hz;
            CHECK(rms(rendered(layer, 384000)) == doctest::Approx(0.1).epsilon(0.12));
        }
    }

    TEST_CASE("a stroke at the start is what a layer without strokes is") {
        NoiseLayer layer = layer_of(100);
        const Signal plain = rendered(layer, 9600);
        layer.strokes = {{0, 1}};
        CHECK(rendered(layer, 9600) == plain);
    }

    TEST_CASE("each stroke has the envelope anew, at its time and level") {
        NoiseLayer layer = layer_of(20);
        layer.strokes = {{0, 1}, {0.05, 0.5}, {0.1, 0.25}};
        double energies[3] = {};
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            const Signal sound = rendered(layer, 9600, seed);
            for (std::size_t k = 0; k < 3; ++k) {
                energies[k] += energy(sound, 2400 * k, 2400 * k + 2400);
            }
        }
        CHECK(energies[1] / energies[0] == doctest::Approx(0.25).epsilon(0.1));
        CHECK(energies[2] / energies[0] == doctest::Approx(0.0625).epsilon(0.1));
    }

    TEST_CASE("grains stand apart: of few, most of the sound is silence between them") {
        NoiseLayer layer = layer_of(8000, 1);
        layer.grains_hz = 50;
        const Signal sound = rendered(layer, 48000);
        const auto quiet = std::count_if(sound.begin(), sound.end(),
                                         [](float sample) { return std::abs(sample) < 1e-5F; });
        CHECK(quiet > 24000);
    }

    TEST_CASE("a filter rings on behind an envelope that ends at once") {
        NoiseLayer layer = layer_of(5);
        layer.filter = band_pass(100, 2);
        const Signal sound = rendered(layer, 9600);
        const auto last =
            std::find_if(sound.rbegin(), sound.rend(), [](float sample) { return sample != 0; });
        const double end_s = static_cast<double>(sound.rend() - last) / 48000;
        CHECK(end_s > ring_s(layer.filter));
        CHECK(ring_s(layer.filter) == doctest::Approx(6.9 * 2 / (M_PI * 100)).epsilon(0.01));
    }

    TEST_CASE("a layer that begins behind the end adds nothing") {
        NoiseLayer layer = layer_of(100);
        layer.settings.envelope.delay_s = 1;
        const Signal sound = rendered(layer, 4800);
        CHECK(energy(sound, 0, sound.size()) == 0);
    }
}

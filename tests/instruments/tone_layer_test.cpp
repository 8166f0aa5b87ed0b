#include "instruments/tone_layer.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

#include "param/layer.h"

using namespace drumgen;

namespace {

LayerSettings decaying(double decay_ms) {
    LayerParams params{1, 0, 0, 0, 1, 0};
    set_decay(params, decay_ms);
    return layer_settings(params);
}

RenderContext context_of(int oversampling, bool everywhere) {
    RenderContext context;
    context.seed = 7;
    context.oversampling = oversampling;
    context.everywhere = everywhere;
    context.max_frames = 48000;
    context.kernels = &kernels();
    return context;
}

/// What a saturated tone has beside the same made with 16 streams throughout, dB.
double aliasing_db(double pitch_hz, double drive) {
    const std::array tones{ToneLayer{decaying(300), 1, PitchSweep::steady(pitch_hz)}};
    const Signal sound = render_layers(tones, drive, {}, context_of(4, false));
    const Signal reference = render_layers(tones, drive, {}, context_of(16, true));
    REQUIRE(sound.size() == reference.size());
    double both = 0;
    double power = 0;
    for (std::size_t k = 0; k < sound.size(); ++k) {
        both += static_cast<double>(sound[k]) * static_cast<double>(reference[k]);
        power += std::pow(static_cast<double>(reference[k]), 2);
    }
    double rest = 0;
    for (std::size_t k = 0; k < sound.size(); ++k) {
        const double exact = both / power * static_cast<double>(reference[k]);
        rest += std::pow(static_cast<double>(sound[k]) - exact, 2);
    }
    return 10 * std::log10(rest / power + 1e-30);
}

}  // namespace

TEST_SUITE_BEGIN("instruments/tone_layer");

TEST_CASE("a saturated tone of any drum's pitch aliases by less than -80 dB") {
    for (const double pitch_hz : {60.0, 500.0, 1250.0, 1310.0, 2500.0, 4000.0, 6000.0}) {
        for (const double drive : {0.2, 1.0, 2.0}) {
            CAPTURE(pitch_hz);
            CAPTURE(drive);
            CHECK(aliasing_db(pitch_hz, drive) < -80);
        }
    }
}

TEST_CASE("a sound lasts until it is 60 dB below its loudest, and not much longer") {
    const std::array tones{ToneLayer{decaying(300), 1, PitchSweep::steady(500)}};
    const auto frames =
        static_cast<double>(render_layers(tones, 0.5, {}, context_of(4, false)).size());
    CHECK(frames >= 0.3 * stream_rate_hz);
    CHECK(frames <= 0.45 * stream_rate_hz);
}

TEST_CASE("a layer that is mute or later than the sound costs nothing and is not heard") {
    std::array tones{ToneLayer{decaying(100), 1, PitchSweep::steady(200)},
                     ToneLayer{decaying(100), 1, PitchSweep::steady(300)}};
    tones[1].settings.gain = 0;
    const Signal both = render_layers(tones, 1, {}, context_of(4, false));
    const Signal one = render_layers(std::array{tones[0]}, 1, {}, context_of(4, false));
    CHECK(both == one);
    CHECK_FALSE(tones[1].settings.sounds(0, 1));
    CHECK(tones[0].settings.sounds(0, 0.01));
}

TEST_SUITE_END();

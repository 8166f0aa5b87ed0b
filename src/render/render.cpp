#include "drumgen/render.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "base/math.h"
#include "base/text.h"
#include "dsp/band_limit.h"
#include "dsp/context.h"
#include "render/effects.h"
#include "render/post_chain.h"
#include "render/render_with.h"

namespace drumgen {

namespace {

constexpr int high_oversampling = 4;
constexpr int draft_oversampling = 1;

/// Level of full scale below which a draft's layers are left out: 80 dB down.
constexpr double draft_quiet = 1e-4;

/// What filters behind the synthesis read beyond the last frame that is wanted, and more.
std::int64_t reach_frames(double rate_hz) {
    return (rate_hz < whole_band_rate_hz ? 3 : 2) * block_frames;
}

}  // namespace

MidSide synthesise(const Resolved& patch, double velocity, const RenderEngine& engine) {
    const RenderSettings& settings = patch.render;
    const bool is_draft = settings.quality == Quality::draft;
    RenderContext context;
    context.seed = patch.seed;
    context.velocity = velocity;
    context.oversampling =
        engine.oversampling.value_or(is_draft ? draft_oversampling : high_oversampling);
    context.everywhere = engine.everywhere;
    if (is_draft) {
        context.quiet_noise = draft_quiet;
        context.quiet_tone = draft_quiet;
    }
    context.kernels = engine.kernels;
    context.max_frames = math::ceil(settings.duration_s.value_or(longest_s) * stream_rate_hz) +
                         reach_frames(settings.rate_hz);

    std::vector<double> values;
    values.reserve(patch.params.size());
    for (const Value& value : patch.params) {
        values.push_back(value.value);
    }
    MidSide sound;
    const bool is_stereo = settings.width.value_or(0) > 0;
    context.side = is_stereo ? &sound.side : nullptr;
    sound.mid = patch.instrument->synthesize(values, context);
    // The kernels work on whole lanes; a synthesis may return less.
    sound.mid.resize(
        static_cast<std::size_t>(round_up_to_lanes(static_cast<std::int64_t>(sound.mid.size()))),
        0.0F);
    if (is_stereo) {
        // Behind what is spread its high-pass rings on.
        constexpr std::size_t ring_frames = 1024;
        sound.side.resize(std::min(sound.mid.size(), sound.side.size() + ring_frames), 0.0F);
        spread_treble_only(sound.side, *engine.kernels);
    }
    if (const Effects effects = effects_of(settings); effects.any()) {
        apply_effects(sound.mid, effects, context.oversampling, *engine.kernels,
                      is_stereo ? &sound.side : nullptr);
    }
    return sound;
}

Sound render_with(const Resolved& patch, const RenderEngine& engine) {
    const RenderSettings& settings = patch.render;
    PostChain chain;
    chain.sample_rate_hz = settings.rate_hz;
    chain.is_draft = settings.quality == Quality::draft;
    chain.duration_s = settings.duration_s;
    chain.level = settings.level;
    chain.loudness_target_lufs = settings.loudness_target_lufs;
    chain.velocity_gain = velocity_gain(settings.velocity);
    chain.gain_db = settings.gain_db;
    chain.width = settings.width.value_or(0);
    if (settings.velocity < 1 && chain.level != Level::none) {
        // The level is that of the hardest hit, and each softer one is softer than that.
        chain.hardest = strike_of(synthesise(patch, 1, engine), chain, *engine.kernels);
    }
    return finish(synthesise(patch, settings.velocity, engine), chain, *engine.kernels);
}

std::string rate_problem(double rate_hz) {
    return rate_hz < lowest_rate_hz || rate_hz > highest_rate_hz
               ? formatted("has {} samples a second, which is not {} to {}",
                           number_to_text(rate_hz), number_to_text(lowest_rate_hz),
                           number_to_text(highest_rate_hz))
               : "";
}

Sound render(const Resolved& patch) {
    return render_with(patch, {.kernels = &kernels()});
}

}  // namespace drumgen

#include "drumgen/render.h"

#include <algorithm>
#include <vector>

#include "base/math.h"
#include "dsp/context.h"
#include "dsp/resampler.h"
#include "render/effects.h"
#include "render/post_chain.h"
#include "render/render_with.h"

namespace drumgen {

namespace {

constexpr double longest_s = 8;
constexpr int high_oversampling = 4;
constexpr double ratio_147_160 = 147.0 / 160;

}  // namespace

Sound render_with(const Resolved& patch, const RenderEngine& engine) {
    const RenderSettings& settings = patch.render;
    const double rate_hz = settings.rate_hz;
    const bool wide = rate_hz > 48000;
    const double synthesis_rate_hz = wide ? 96000 : 48000;
    const bool resampled = rate_hz != synthesis_rate_hz;
    const bool draft = settings.quality == static_cast<double>(Quality::draft);

    PostChain chain;
    chain.sample_rate_hz = rate_hz;
    chain.level = static_cast<Level>(static_cast<int>(settings.level));
    chain.velocity_gain = velocity_gain(settings.velocity);
    chain.gain_db = settings.gain_db;
    if (settings.duration_s) {
        chain.frames = math::floor(*settings.duration_s * rate_hz + 0.5);
    }

    RenderContext context;
    context.seed = patch.seed;
    context.velocity = settings.velocity;
    context.output_streams = wide ? 2 : 1;
    context.oversampling =
        engine.oversampling.value_or(draft ? context.output_streams : high_oversampling);
    context.everywhere = engine.everywhere;
    context.kernels = engine.kernels;
    // The resampler reaches beyond the last frame; two blocks are more than it needs.
    context.max_frames =
        math::ceil(settings.duration_s.value_or(longest_s) * stream_rate_hz) + 2 * block_frames;

    std::vector<double> values;
    values.reserve(patch.params.size());
    for (const Value& value : patch.params) {
        values.push_back(value.value);
    }
    Signal sound = patch.instrument->synthesize(values, context);
    if (const Effects effects = effects_of(settings); effects.any()) {
        apply_effects(sound, synthesis_rate_hz, effects, context.oversampling, *engine.kernels);
    }
    if (resampled) {
        const auto frames = math::floor(static_cast<double>(sound.size()) * ratio_147_160);
        sound = resample_147_160(sound, frames, *engine.kernels);
    }
    if (!chain.frames) {
        const auto most = static_cast<std::size_t>(longest_s * rate_hz);
        sound.resize(std::min(sound.size(), most));
    }
    return {finish(std::move(sound), chain, *engine.kernels), rate_hz};
}

Sound render(const Resolved& patch) {
    return render_with(patch, {.kernels = &kernels()});
}

}  // namespace drumgen

#pragma once

#include <optional>

#include "drumgen/render.h"
#include "dsp/kernels/kernels.h"
#include "render/stereo.h"

namespace drumgen {

/// What tests and benchmarks choose and users never do.
struct RenderEngine {
    const Kernels* kernels = nullptr;
    std::optional<int> oversampling{};  ///< streams in place of what the quality asks for
    bool everywhere = false;            ///< oversample the whole sound
};

/// render() with another engine.
[[nodiscard]] Sound render_with(const Resolved& patch, const RenderEngine& engine);

/// A sound before the post chain, at stream_rate_hz, hit at that velocity; the sizes are multiples of
/// lane_count.
[[nodiscard]] MidSide synthesise(const Resolved& patch, double velocity,
                                 const RenderEngine& engine);

}  // namespace drumgen

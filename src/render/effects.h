#pragma once

#include "drumgen/patch.h"
#include "drumgen/signal.h"
#include "dsp/kernels/kernels.h"

namespace drumgen {

/// The settings of the effects, with the style's values where nothing is stated.
struct Effects {
    double transient_db = 0;
    double drive_db = 0;
    double tilt_db = 0;
    double low_cut_hz = 0;   ///< 0: none
    double high_cut_hz = 0;  ///< 0: none

    [[nodiscard]] bool any() const noexcept {
        return transient_db != 0 || drive_db != 0 || tilt_db != 0 || low_cut_hz > 0 ||
               high_cut_hz > 0;
    }
};

/// What a style stands for.
[[nodiscard]] Effects style_effects(Style style) noexcept;

/// The effects of a render's settings: the style's, with what is stated in their place.
[[nodiscard]] Effects effects_of(const RenderSettings& settings) noexcept;

/// Transient shaper, drive, tone tilt, low cut and high cut, in that order. One that is off costs nothing.
///   sound          mono at stream_rate_hz; its size becomes a multiple of lane_count
///   side           what is spread beside it, at most as long, its size a multiple of lane_count, if there is any: goes through all of it
///                  but is never bent, and is turned down as far as the sound is where that is saturated
///   oversampling   streams for the drive
void apply_effects(Signal& sound, const Effects& effects, int oversampling, const Kernels& kernels,
                   Signal* side = nullptr);

}  // namespace drumgen

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "dsp/biquad.h"
#include "dsp/context.h"
#include "dsp/crush.h"
#include "dsp/filtered_square.h"
#include "dsp/saturation.h"
#include "dsp/shaped_noise.h"
#include "instruments/frame.h"
#include "instruments/noise_layer.h"

namespace drumgen::hat {

/// Squares of the metal.
inline constexpr std::size_t square_count = 6;

/// One layer, in physical values.
struct HatLayer {
    LayerSettings settings;
    double level = 1;  ///< from the macros, beside the layer's own gain
    double rms = 1;    ///< before its envelope, its gain and its level

    [[nodiscard]] double gain() const noexcept { return settings.gain * level; }
    [[nodiscard]] double loudness() const noexcept { return gain() * rms; }
};

/// A hat, in physical values.
struct Hat {
    HatLayer metal;
    HatLayer air;
    HatLayer chick;
    NoiseLayer body;
    NoiseLayer wash;  ///< the part of the air that fills what is below the metal
    double base_hz = 400;
    std::array<double, 3> resonance_gains{1, 1, 1};
    double air_edge_hz = 7000;
    double air_top_hz = 12000;
    double high_pass_hz = 3500;
    double low_pass_hz = 20000;
    double low_pass_share = 0;
    double drive = 1;
    double crush_hz = stream_rate_hz;
    double images = 1;  ///< level of what the crush adds

    [[nodiscard]] std::array<const HatLayer*, 3> layers() const noexcept {
        return {&metal, &air, &chick};
    }
};

/// RMS of the three layers together before their envelopes.
[[nodiscard]] double loudness_of(const Hat& hat);

/// What all pieces of one sound share.
class HatVoice {
public:
    HatVoice(const Hat& hat, std::int64_t frames, const RenderContext& context);

    /// Writes frames first..first + count of the sound.
    void render(std::int64_t first, int count, float* out) const;

    /// Adds frames first..first + count of what is spread between two channels: other noise in the
    /// air's place, never bent, but as loud as if it were.
    ///   count   a multiple of lane_count
    void add_side(std::int64_t first, int count, float* out) const;

    /// Frames that a filter of its rings on.
    static constexpr int taps = StepResponses::taps;

    /// Frames that are rendered at once: two buffers and a few streams stay in the second cache.
    static constexpr int piece_frames = 6144;

private:
    using Kind = FilterSection::Kind;
    // The noise's filters have fallen 75 dB or more by then, and so has what the high-pass lacks of
    // a piece that it did not run over from the sound's beginning.
    static constexpr int noise_taps = 28;
    static constexpr int settling = 64;

    // What each stage reads beyond a piece, in frames.
    static constexpr int crush_reach = 48;
    static constexpr int late_reach = crush_reach + saturation_margin;
    static constexpr int early_reach = late_reach;
    static constexpr int before = 304;  // and the rest of the high-pass, and a pulse
    static constexpr int behind = 192;
    static_assert(crush_reach >= crush_margin);
    static_assert(before >= early_reach + settling + StepResponses::taps - StepResponses::lead);
    static_assert(before >= early_reach + settling + noise_taps);
    static_assert(behind >= late_reach + StepResponses::lead);

    struct Piece {
        std::int64_t first;
        int frames;  ///< with all that is read beyond it
        Signal sound;
        Signal work;

        Piece(std::int64_t at, int count)
            : first(at),
              frames(before + count + behind),
              sound(size(count), 0.0F),
              work(size(count)) {}

        static std::size_t size(int count) {
            return static_cast<std::size_t>(filtered_square_lead + before + count + behind +
                                            StepResponses::taps + lane_count);
        }
        /// The place of a frame counted from the first of the piece.
        static float* at(Signal& signal, int frame) {
            return signal.data() + filtered_square_lead + before + frame;
        }
    };

    /// From the level that the layers have: more streams where more is bent. The bounds in RMS times
    /// drive are those where aliasing is 85 dB down, measured over whole sounds.
    void plan_saturation();

    /// The layers.
    void mix(Piece& piece) const;

    /// High-pass, and where a hit is softer low-pass. Writes over what it reads.
    void pass(float* mixed, float* passed, int frames) const;

    const Hat& hat_;
    const RenderContext& context_;
    std::int64_t frames_;
    ShortFilter air_;
    ShortFilter chick_;
    BlockBiquad pass_;
    BlockBiquad dull_;
    Signal steps_;
    std::array<SquareWave, square_count> squares_{};
    std::vector<SaturationStretch> stretches_;
};

}  // namespace drumgen::hat

#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "base/random.h"
#include "base/units.h"
#include "drumgen/instrument.h"
#include "drumgen/signal.h"
#include "dsp/context.h"
#include "dsp/envelope.h"
#include "param/layer.h"

/// What all instruments are built in: layers, how long they are heard, and how they are mixed.
namespace drumgen {

// The instruments that instruments.def lists; each is defined in its own file.
#define DRUMGEN_INSTRUMENT(name)        \
    namespace name {                    \
    extern const Instrument instrument; \
    }
#include "instruments/instruments.def"
#undef DRUMGEN_INSTRUMENT

/// A layer as the mixer takes it.
struct LayerSettings {
    Envelope envelope;
    double gain = 1;

    /// Time from which the envelope is exactly 0, seconds from the trigger.
    double end_s = 0;

    /// Is anything of it heard within a stretch of time, seconds from the trigger?
    [[nodiscard]] bool sounds(double from_s, double to_s) const noexcept {
        return gain > 0 && to_s > envelope.delay_s && from_s < end_s;
    }
};

/// From complete parameters: every value of the layer is present.
[[nodiscard]] LayerSettings layer_settings(const LayerParams& params);

/// The layer with another envelope.
[[nodiscard]] LayerSettings with_envelope(const LayerSettings& layer, const Envelope& envelope);

/// The noise of a layer between two channels, beside that of the same name in their middle.
[[nodiscard]] constexpr RandomStream side_stream(std::uint64_t seed,
                                                 std::string_view name) noexcept {
    return random_stream(mix64(seed ^ 0x53494445), name);  // "SIDE"
}

/// Makes what is spread between two channels at least so long.
///   most   frames that it may have in the end, for which memory is taken at once
void lengthen_side(const RenderContext& context, std::int64_t frames, std::size_t most);

/// Lets a layer decay, and be released, in that time to fall 60 dB, or the nearest that is allowed.
void set_decay(LayerParams& params, double ms);

/// The same by a time constant, and behind an attack.
void set_envelope(LayerParams& params, double tau_s, double attack_ms);

/// A level that its macro, from 0 to 1, takes to nothing at 0: half is left at `knee`.
[[nodiscard]] inline double fading(double level, double macro, double knee = 0.03) noexcept {
    return level * macro / (macro + knee);
}

/// An instrument with the rows and layers of its table, which must be sound.
template <const auto& table>
[[nodiscard]] Instrument instrument_of(Instrument instrument) {
    static_assert(table.is_sound());
    static constexpr auto rows = table.rows();
    static constexpr auto layer_names = table.layer_names();
    instrument.parameters = rows;
    instrument.layers = layer_names;
    return instrument;
}

/// The same of an instrument that one of its macros tunes, in Hz.
template <const auto& table, auto field>
[[nodiscard]] Instrument tuned_instrument_of(Instrument instrument) {
    instrument.pitch_hz = [](std::span<const double> values) -> std::optional<double> {
        return table.bind(values).*field;
    };
    instrument.pitch_row = table.row_of(field);
    instrument.value_for_pitch = [](double pitch_hz) { return pitch_hz; };
    return instrument_of<table>(instrument);
}

/// What a layer has in the sound, for its length.
struct Share {
    const LayerSettings* layer = nullptr;
    double least = 0;  ///< bounds of the RMS of its loudest 5 ms, its gain in it
    double most = 0;
    double later_s = 0;  ///< by which it lasts longer than its envelope
};

/// Frames until the sound stays 60 dB below its loudest 5 ms, at least: with 18 dB to spare for
/// layers that last less than that, that add up, and that happen to be soft where they are loudest.
/// The end is cut later where it is measured.
///   tail      frames that ring on behind the layers
///   returns   at most context.max_frames
[[nodiscard]] std::int64_t frames_of(std::span<const Share> shares, const RenderContext& context,
                                     std::int64_t tail = lane_count);
[[nodiscard]] inline std::int64_t frames_of(std::initializer_list<Share> shares,
                                            const RenderContext& context) {
    return frames_of(std::span(shares.begin(), shares.size()), context);
}

/// The mixer of voices that are functions of time: adds a layer to a block of the mix. A layer that
/// is mute, has not begun or is over costs nothing.
///   voice    voice(since_s, envelope, out, frames) writes the layer under its envelope; since_s is
///            the time since the layer's own start and may be negative where the envelope is 0
///   start_s  instant of the block's first sample, seconds from the trigger
///   level    factor from the macros, beside the layer's own gain
template <class Voice>
void mix_layer(const LayerSettings& layer, double level, const Voice& voice, double start_s,
               float* mix, int frames, const Kernels& kernels) {
    const double gain = layer.gain * level;
    if (gain == 0 || !layer.sounds(start_s, start_s + frames / stream_rate_hz)) {
        return;
    }
    alignas(64) float sound[block_frames];
    render_envelope(layer.envelope, start_s, sound, frames, kernels);
    voice(start_s - layer.envelope.delay_s, sound, sound, frames);
    kernels.add_scaled(mix, sound, static_cast<float>(gain), frames);
}

/// The mixer of voices that go on from frame to frame: one of them on its way into the mix. It
/// stands on the grid of frames: its delay is rounded to that, by 10 us.
///   Voice   next(out, frames) writes its next frames, at most Voice::most_frames
template <class Voice>
class Playing {
public:
    /// gain     of the voice, its layer's own in it
    /// frames   of the mix; the voice lasts until its envelope is 120 dB down
    /// from     frame of the layer at which the voice begins
    Playing(Voice&& voice, const LayerSettings& layer, double gain, std::int64_t frames,
            std::int64_t from = 0)
        : voice_(std::move(voice)),
          gain_(static_cast<float>(gain)),
          delay_(math::floor(layer.envelope.delay_s * stream_rate_hz + 0.5)),
          at_(from) {
        const double end_s = layer.envelope.time_below_s(1e-6);
        end_ = round_up_to_lanes(std::min(frames, math::ceil(end_s * stream_rate_hz)) - delay_);
    }

    [[nodiscard]] bool over() const noexcept { return at_ >= end_; }

    /// Frame of the mix that comes next.
    [[nodiscard]] std::int64_t place() const noexcept { return delay_ + at_; }

    /// Adds the next stretch to the mix, after `change(sound, place, count)` has seen it.
    template <class Change>
    void step(Signal& mix, const Kernels& kernels, const Change& change) {
        alignas(64) float sound[Voice::most_frames];
        const int count = static_cast<int>(std::min<std::int64_t>(Voice::most_frames, end_ - at_));
        voice_.next(sound, count);
        change(sound, place(), count);
        float* const to = mix.data() + place();
        if (place() < 0) {
            for (auto k = static_cast<int>(-place()); k < count; ++k) {
                to[k] += gain_ * sound[k];
            }
        } else if (gain_ > 0) {
            kernels.add_scaled(to, sound, gain_, count);
        }
        at_ += count;
    }

    void step(Signal& mix, const Kernels& kernels) {
        step(mix, kernels, [](float*, std::int64_t, int) {});
    }

    /// Adds all that is left.
    void finish(Signal& mix, const Kernels& kernels) {
        while (!over()) {
            step(mix, kernels);
        }
    }

private:
    Voice voice_;
    float gain_;
    std::int64_t delay_;
    std::int64_t at_;
    std::int64_t end_ = 0;
};

}  // namespace drumgen

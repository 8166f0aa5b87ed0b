#pragma once

#include "drumgen/render.h"
#include "dsp/kernels/kernels.h"

namespace drumgen {

/// A sound as its middle, which is the sound of one channel, and its side: left is middle + side,
/// right is middle - side. A side may be shorter, and is silent then; without one there is one channel.
struct MidSide {
    Signal mid;
    Signal side{};

    [[nodiscard]] bool is_stereo() const noexcept { return !side.empty(); }
};

/// Takes out of a side what is too low to be spread: 48 dB up to 150 Hz, 4 dB at 300.
///   side   at stream_rate_hz, its size a multiple of lane_count
void spread_treble_only(Signal& side, const Kernels& kernels);

/// Makes both channels as loud as each other, should chance have the side's noise lean on the
/// middle: takes as much of the middle's treble out of the side as leans.
///   at stream_rate_hz; the sizes are multiples of lane_count, the side no longer than the middle
void balance(MidSide& sound, const Kernels& kernels);

/// By what a side may be taken for neither channel to be louder than the other by more than 1.2 dB
/// over the whole sound, nor the correlation of both to fall below 0: at most 1. At any rate.
[[nodiscard]] double most_of_side(const MidSide& sound, const Kernels& kernels);

/// Turns middle and side, both of one size, a multiple of lane_count, into left and right, in their places.
///   width   what the side is taken by
void to_left_right(MidSide& sound, double width, const Kernels& kernels);

/// Turns left and right into those of a part of their width, in their places.
void narrow(MidSide& left_right, double part) noexcept;

}  // namespace drumgen

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "drumgen/signal.h"
#include "dsp/context.h"

namespace drumgen {

/// Analog two-pole band-pass, gain 1 in its middle.
struct Resonance {
    double hz = 0;
    double q = 1;
};

/// Square wave between -1 and 1, sign(sin(2 pi (hz t + phase_cycles))).
struct SquareWave {
    double hz = 0;
    double phase_cycles = 0;
};

/// What parallel resonances make of a step, band-limited to half of stream_rate_hz: flat to 20 kHz,
/// nothing from 24 kHz on. A square wave through the resonances is the sum of these over its edges,
/// so it needs no recursion, has no alias, and is one function of continuous time. The resonances
/// must ring for less than 1.7 ms (-90 dB), as those of the hat do.
class StepResponses {
public:
    /// Rows hold the response at whole frames, for an edge so many parts of a frame after one. A
    /// straight line between two of 64 rows errs by at most -82 dB at 12 kHz, less below.
    static constexpr int phases = 64;
    static constexpr int rows = phases + 1;
    static constexpr int lead = 31;   ///< frames before the edge: the band limit has linear phase
    static constexpr int taps = 112;  ///< frames of a row; what is cut off is below -88 dB
    /// A row stands between zeros, so that it can be read from any frame of a vector.
    static constexpr int stride = taps + 2 * lane_count;

    explicit StepResponses(std::span<const Resonance> resonances);

    /// The rows of the resonances' sum, each with its gain.
    [[nodiscard]] Signal mixed(std::span<const double> gains, const Kernels& kernels) const;

private:
    std::vector<Signal> tables_;  // one for each resonance
};

/// Adds a square wave through resonances, each edge weighted with the envelope at its instant; the
/// resonances then ring on. The sound is as band-limited as without an envelope, however steep that
/// is, and an exponential stays one.
///   rows       of StepResponses::mixed
///   start_s    time of the wave's zero; no edge stands before it
///   first      frame of envelope[0] and out[0], for sounds that are made piece by piece: edges from
///              there on are added
///   envelope   frames + 1 values at stream_rate_hz
///   out        from -filtered_square_lead to frames + StepResponses::taps
void add_filtered_square(const SquareWave& wave, double start_s, std::int64_t first,
                         const float* envelope, int frames, const Signal& rows, float* out,
                         const Kernels& kernels) noexcept;

/// Samples before the first edge that are written to; a multiple of lane_count.
inline constexpr int filtered_square_lead = 48;

}  // namespace drumgen

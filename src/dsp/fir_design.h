#pragma once

#include <vector>

namespace drumgen {

/// Symmetric low-pass of odd length by the Kaiser window, unity gain at 0 Hz.
///   pass, stop      edges of the transition, in cycles per sample, 0 < pass < stop < 0.5
///   attenuation_db  how far down from `stop` on; the passband is flat to the same measure
///   returns         2 * half + 1 weights; [half] is the middle
/// Source: J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window function",
/// 1974.
[[nodiscard]] std::vector<double> design_low_pass(double pass, double stop, double attenuation_db);

/// Value of the same windowed sinc at a distance from its middle, for filters with many phases.
class WindowedSinc {
public:
    /// half is the distance in samples from the middle where the window ends.
    WindowedSinc(double cutoff, double half, double beta);

    [[nodiscard]] double operator()(double distance) const noexcept;

private:
    double cutoff_;
    double half_;
    double beta_;
    double window_scale_;
};

/// Kaiser's beta for an attenuation above 50 dB.
[[nodiscard]] double kaiser_beta(double attenuation_db) noexcept;

/// Half the length of the window, in samples, that gives the attenuation over a transition `width`
/// in cycles per sample.
[[nodiscard]] double kaiser_half_length(double attenuation_db, double width) noexcept;

}  // namespace drumgen

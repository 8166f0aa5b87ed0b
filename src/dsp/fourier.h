#pragma once

#include <memory>

#include "drumgen/signal.h"
#include "dsp/kernels/kernels.h"

namespace drumgen {

/// Fourier transforms of complex blocks in single precision, the same bits everywhere: for measuring
/// many sounds. PowerSpectrum is exact to more digits.
class Fourier {
public:
    /// size: points of a block, a power of two, 256..2^20.
    explicit Fourier(int size);

    [[nodiscard]] int size() const noexcept { return size_; }

    /// X[k] = sum of x[n] e^(-2 pi i n k / size), in place.
    ///   re, im   size points
    void forward(Signal& re, Signal& im, const Kernels& kernels);

    /// x[n] = sum of X[k] e^(2 pi i n k / size), in place.
    void backward(Signal& re, Signal& im, const Kernels& kernels) { forward(im, re, kernels); }

private:
    /// Of k / size cycles, k < size; then, for the first stage, of j k / size, k < size / 16, for
    /// each j < 16.
    struct Turns {
        Signal cos;
        Signal sin;
    };
    [[nodiscard]] static std::shared_ptr<const Turns> turns_of(int size);
    [[nodiscard]] static std::shared_ptr<const Turns> known_turns_of(int size);

    int size_;
    std::shared_ptr<const Turns> turns_;
    Signal work_re_;
    Signal work_im_;
};

}  // namespace drumgen

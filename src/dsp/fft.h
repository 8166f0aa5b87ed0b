#pragma once

#include <vector>

namespace drumgen {

/// Power spectrum of real blocks, in double precision, the same bits everywhere. For measuring, not
/// for synthesis.
class PowerSpectrum {
public:
    /// size: samples of a block, a power of two.
    explicit PowerSpectrum(int size);

    /// |X[k]|^2 for k = 0..size / 2.
    ///   block    size samples; overwritten
    void operator()(std::vector<double>& block, std::vector<double>& power);

    [[nodiscard]] int size() const noexcept { return size_; }

private:
    int size_;
    std::vector<double> cos_;  // of k / size cycles
    std::vector<double> sin_;
    std::vector<double> imaginary_;
};

}  // namespace drumgen

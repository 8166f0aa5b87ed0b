#pragma once

#include <memory>
#include <vector>

namespace drumgen {

/// Power spectrum of real blocks, in double precision, the same bits everywhere. For measuring, not
/// for synthesis.
class PowerSpectrum {
public:
    /// size: samples of a block, a power of two, at least 8.
    explicit PowerSpectrum(int size);

    /// |X[k]|^2 for k = 0..size / 2.
    ///   block    size samples
    void operator()(const std::vector<double>& block, std::vector<double>& power);

    [[nodiscard]] int size() const noexcept { return size_; }

    /// Cosines and sines of a transform.
    struct Turns;

private:
    int size_;
    std::shared_ptr<const Turns> turns_;
    std::vector<double> re_;
    std::vector<double> im_;
};

}  // namespace drumgen

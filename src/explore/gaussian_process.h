#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "explore/places.h"

namespace drumgen {

/// What a Gaussian process assumes of the function that it learns.
struct GaussianPrior {
    double mean = 0;      ///< everywhere
    double length = 1;    ///< of the kernel exp(-r^2 / (2 length^2)), whose amplitude is 1
    double variance = 1;  ///< of the noise of an observation
    double shared = 1;    ///< part of the kernel that places of different seeds have in common
};

/// Regression by a Gaussian process with a squared-exponential kernel, smaller between seeds. Uses + - * / and sqrt in one
/// order, so the bits are the same everywhere. Time to learn: N^3 / 6 multiplications; memory: 4 N^2
/// bytes.
/// Source: C. E. Rasmussen and C. K. I. Williams, "Gaussian Processes for Machine Learning", 2006,
/// algorithm 2.1.
class GaussianProcess {
public:
    /// values   observed, one for each place
    GaussianProcess(Places places, std::span<const double> values, const GaussianPrior& prior);

    /// What is expected at some places.
    [[nodiscard]] std::vector<double> means(const Places& places) const;

    /// How far the function may be from that at some places: its standard deviation, 0..1.
    ///   which   indices of `places`
    [[nodiscard]] std::vector<double> deviations(const Places& places,
                                                 std::span<const std::size_t> which) const;

    [[nodiscard]] const GaussianPrior& prior() const noexcept { return prior_; }

private:
    void factorise();
    void eliminate_block(std::size_t begin, std::size_t above);

    /// Row i of the factor; its elements i..N-1 are there.
    [[nodiscard]] double* row(std::size_t i) {
        return factor_.get() + i * places_.size() - i * (i + 1) / 2;
    }
    [[nodiscard]] const double* row(std::size_t i) const {
        return factor_.get() + i * places_.size() - i * (i + 1) / 2;
    }

    Places places_;
    GaussianPrior prior_;
    std::unique_ptr<double[]> factor_;  // R, the upper triangle: R^T R is the covariance
    std::vector<double> weights_;
};

}  // namespace drumgen

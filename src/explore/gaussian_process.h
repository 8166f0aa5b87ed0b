#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "explore/places.h"

namespace drumgen {

/// What a Gaussian process assumes of the function that it learns.
struct GaussianPrior {
    double mean = 0;      ///< everywhere
    double length = 1;    ///< of the kernel exp(-r^2 / (2 length^2)), whose amplitude is 1
    double variance = 1;  ///< of the noise of an observation
};

/// Regression by a Gaussian process with a squared-exponential kernel. Uses + - * / and sqrt in one
/// order, so the bits are the same everywhere. Time to learn: N^3 / 6 multiplications.
/// Source: C. E. Rasmussen and C. K. I. Williams, "Gaussian Processes for Machine Learning", 2006,
/// algorithm 2.1.
class GaussianProcess {
public:
    /// values   observed, one for each place
    GaussianProcess(Places places, std::span<const double> values, const GaussianPrior& prior);

    /// What is expected at a place.
    [[nodiscard]] double mean(std::span<const double> place) const;

    /// How far the function may be from that at some places: its standard deviation, 0..1.
    ///   which   indices of `places`
    [[nodiscard]] std::vector<double> deviations(const Places& places,
                                                 std::span<const std::size_t> which) const;

    [[nodiscard]] const GaussianPrior& prior() const noexcept { return prior_; }

private:
    [[nodiscard]] double kernel(std::span<const double> a, std::span<const double> b) const;
    void factorise();

    Places places_;
    GaussianPrior prior_;
    std::vector<double> factor_;  // R, row by row: R^T R is the covariance; upper triangle
    std::vector<double> weights_;
};

}  // namespace drumgen

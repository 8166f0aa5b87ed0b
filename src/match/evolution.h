#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace drumgen {

/// Looks for the place where a cost is least by drawing places, keeping the better half, and
/// learning from them which way to draw: CMA-ES. The same on every CPU.
/// Source: N. Hansen, "The CMA Evolution Strategy: A Tutorial", 2016; the root of the covariance by
/// Cholesky as in O. Krause, D. R. Arbones and C. Igel, "CMA-ES with optimal covariance update and
/// storage complexity", 2016.
class Evolution {
public:
    /// start   coordinates, of which each moves by about `step` at first
    /// seed    of what is drawn
    Evolution(std::vector<double> start, double step, std::uint64_t seed);

    /// Places of one generation.
    [[nodiscard]] std::size_t population() const noexcept { return population_; }

    /// Draws the next generation.
    [[nodiscard]] const std::vector<std::vector<double>>& draw();

    /// Learns what those that were drawn last cost, in their order.
    void learn(const std::vector<double>& costs);

    /// How far coordinates move now, about.
    [[nodiscard]] double step() const noexcept { return step_; }

private:
    void take_root();

    std::size_t dimensions_;
    std::size_t population_;
    std::vector<double> weights_;
    double effective_ = 0;  // number of parents, as the weights count
    std::uint64_t seed_;
    std::uint64_t generation_ = 0;
    std::vector<double> mean_;
    double step_;
    std::vector<double> covariance_;  // row by row
    std::vector<double> root_;        // lower triangle: root * its transpose is the covariance
    std::vector<double> path_;        // of the mean
    std::vector<double> step_path_;   // of the mean, in directions that are alike
    std::vector<std::vector<double>> normals_;
    std::vector<std::vector<double>> places_;
};

}  // namespace drumgen

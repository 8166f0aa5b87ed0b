#include "explore/gaussian_process.h"

#include <algorithm>
#include <utility>

#include "base/math.h"

namespace drumgen {
namespace {

/// Rows that are worked on together. What that changes is only how often memory is read: every
/// element is worked out in the same order whatever the block.
constexpr std::size_t block = 4;

/// rows[r][j] -= from[r][0] * above[0][j], and then the same of the other row above.
void subtract_two(double* const (&rows)[block], const double (&from)[block][2],
                  const double* __restrict above_0, const double* __restrict above_1,
                  std::size_t begin, std::size_t end) {
    double* __restrict const row_0 = rows[0];
    double* __restrict const row_1 = rows[1];
    double* __restrict const row_2 = rows[2];
    double* __restrict const row_3 = rows[3];
    for (std::size_t j = begin; j < end; ++j) {
        const double x = above_0[j];
        const double y = above_1[j];
        row_0[j] = (row_0[j] - from[0][0] * x) - from[0][1] * y;
        row_1[j] = (row_1[j] - from[1][0] * x) - from[1][1] * y;
        row_2[j] = (row_2[j] - from[2][0] * x) - from[2][1] * y;
        row_3[j] = (row_3[j] - from[3][0] * x) - from[3][1] * y;
    }
}

}  // namespace

GaussianProcess::GaussianProcess(Places places, std::span<const double> values,
                                 const GaussianPrior& prior)
    : places_(std::move(places)), prior_(prior) {
    factorise();
    const std::size_t n = places_.size();
    weights_.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        weights_[i] = values[i] - prior_.mean;
    }
    // R^T z = values, then R weights = z, by rows of R.
    for (std::size_t i = 0; i < n; ++i) {
        const double* const row = factor_.data() + i * n;
        weights_[i] /= row[i];
        for (std::size_t j = i + 1; j < n; ++j) {
            weights_[j] -= row[j] * weights_[i];
        }
    }
    for (std::size_t i = n; i-- > 0;) {
        const double* const row = factor_.data() + i * n;
        double sum = weights_[i];
        for (std::size_t j = i + 1; j < n; ++j) {
            sum -= row[j] * weights_[j];
        }
        weights_[i] = sum / row[i];
    }
}

double GaussianProcess::kernel(std::span<const double> a, std::span<const double> b) const {
    return math::exp(-distance_squared(a, b) / (2 * prior_.length * prior_.length));
}

void GaussianProcess::factorise() {
    const std::size_t n = places_.size();
    factor_.resize(n * n);
    for (std::size_t i = 0; i < n; ++i) {
        factor_[i * n + i] = 1 + prior_.variance;
        for (std::size_t j = i + 1; j < n; ++j) {
            factor_[i * n + j] = kernel(places_[i], places_[j]);
        }
    }
    const auto row = [&](std::size_t i) { return factor_.data() + i * n; };
    for (std::size_t begin = 0; begin < n; begin += block) {
        const std::size_t count = std::min(block, n - begin);
        std::size_t i = 0;
        if (count == block) {
            double* const rows[block]{row(begin), row(begin + 1), row(begin + 2), row(begin + 3)};
            for (; i + 1 < begin; i += 2) {
                double from[block][2];
                for (std::size_t r = 0; r < block; ++r) {
                    from[r][0] = row(i)[begin + r];
                    from[r][1] = row(i + 1)[begin + r];
                }
                subtract_two(rows, from, row(i), row(i + 1), begin, n);
            }
        }
        for (std::size_t r = 0; r < count; ++r) {
            double* const own = row(begin + r);
            for (std::size_t above = i; above < begin + r; ++above) {
                const double from = row(above)[begin + r];
                for (std::size_t j = begin + r; j < n; ++j) {
                    own[j] -= from * row(above)[j];
                }
            }
            const double root = math::sqrt(own[begin + r]);
            own[begin + r] = root;
            for (std::size_t j = begin + r + 1; j < n; ++j) {
                own[j] /= root;
            }
        }
    }
}

double GaussianProcess::mean(std::span<const double> place) const {
    double sum = prior_.mean;
    for (std::size_t i = 0; i < places_.size(); ++i) {
        sum += weights_[i] * kernel(places_[i], place);
    }
    return sum;
}

std::vector<double> GaussianProcess::deviations(const Places& places,
                                                std::span<const std::size_t> which) const {
    const std::size_t n = places_.size();
    const std::size_t width = which.size();
    // Column c is R^-T times the kernel of place c with all that was observed.
    std::vector<double> solved(n * width);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t c = 0; c < width; ++c) {
            solved[i * width + c] = kernel(places_[i], places[which[c]]);
        }
    }
    std::vector<double> left(width, 1.0);
    for (std::size_t i = 0; i < n; ++i) {
        double* const own = solved.data() + i * width;
        const double* const row = factor_.data() + i * n;
        for (std::size_t c = 0; c < width; ++c) {
            own[c] /= row[i];
            left[c] -= own[c] * own[c];
        }
        for (std::size_t below = i + 1; below < n; ++below) {
            double* const other = solved.data() + below * width;
            for (std::size_t c = 0; c < width; ++c) {
                other[c] -= row[below] * own[c];
            }
        }
    }
    for (double& variance : left) {
        variance = math::sqrt(std::clamp(variance, 0.0, 1.0));
    }
    return left;
}

}  // namespace drumgen

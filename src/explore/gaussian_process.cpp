#include "explore/gaussian_process.h"

#include <algorithm>
#include <utility>

#include "base/math.h"
#include "dsp/kernels/kernels.h"

namespace drumgen {
namespace {

/// Rows that are worked on together. What that changes is only how often memory is read: every
/// element is worked out in the same order whatever the block.
constexpr std::size_t block = 4;

/// Coordinates one after another, each of all places, as vector code reads them.
std::vector<double> columns_of(const Places& places) {
    const std::size_t n = places.size();
    std::vector<double> columns(n * places.dimensions());
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t d = 0; d < places.dimensions(); ++d) {
            columns[d * n + i] = places[i][d];
        }
    }
    return columns;
}

/// The kernel between one place and others, which must live as long.
class Kernel {
public:
    Kernel(const Places& others, const GaussianPrior& prior)
        : others_(others),
          columns_(columns_of(others)),
          spread_(2 * prior.length * prior.length),
          shared_(prior.shared) {}

    /// out[j - begin] for the others from `begin` on.
    void operator()(double* out, const Places& places, std::size_t at,
                    std::size_t begin = 0) const {
        const std::span<const double> place = places[at];
        const std::size_t count = others_.size();
        // A space that is locked whole has no columns to begin in.
        const double* const columns = columns_.empty() ? nullptr : &columns_[begin];
        kernels().gaussians(out, place.data(), columns, static_cast<int>(count),
                            static_cast<int>(place.size()), spread_,
                            static_cast<int>(count - begin));
        const std::uint64_t seed = places.seed(at);
        for (std::size_t j = begin; j < count; ++j) {
            out[j - begin] *= others_.seed(j) == seed ? 1 : shared_;
        }
    }

private:
    const Places& others_;
    std::vector<double> columns_;
    double spread_;
    double shared_;
};

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
        const double* const own = row(i);
        weights_[i] /= own[i];
        for (std::size_t j = i + 1; j < n; ++j) {
            weights_[j] -= own[j] * weights_[i];
        }
    }
    for (std::size_t i = n; i-- > 0;) {
        const double* const own = row(i);
        double sum = weights_[i];
        for (std::size_t j = i + 1; j < n; ++j) {
            sum -= own[j] * weights_[j];
        }
        weights_[i] = sum / own[i];
    }
}

void GaussianProcess::factorise() {
    const std::size_t n = places_.size();
    // Not filled with zeros first: std::make_unique_for_overwrite, which emscripten's library lacks.
    factor_.reset(new double[n * (n + 1) / 2]);
    const Kernel kernel(places_, prior_);
    for (std::size_t i = 0; i < n; ++i) {
        kernel(row(i) + i, places_, i, i);
        row(i)[i] = 1 + prior_.variance;
    }
    for (std::size_t begin = 0; begin < n; begin += block) {
        const std::size_t count = std::min(block, n - begin);
        std::size_t i = 0;
        if (count == block) {
            for (; i + 1 < begin; i += 2) {
                eliminate_block(begin, i);
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
/// Takes two rows above out of a block of rows.
void GaussianProcess::eliminate_block(std::size_t begin, std::size_t above) {
    const double* const x = row(above);
    const double* const y = row(above + 1);
    double* rows[block];
    double from[2 * block];
    for (std::size_t r = 0; r < block; ++r) {
        double* const own = row(begin + r);
        from[2 * r] = x[begin + r];
        from[2 * r + 1] = y[begin + r];
        // The corner that not all of the rows have.
        for (std::size_t j = begin + r; j < begin + block; ++j) {
            own[j] = (own[j] - from[2 * r] * x[j]) - from[2 * r + 1] * y[j];
        }
        rows[r] = own + begin + block;
    }
    kernels().eliminate(rows, from, x + begin + block, y + begin + block,
                        static_cast<int>(places_.size() - begin - block));
}

std::vector<double> GaussianProcess::means(const Places& places) const {
    const Kernel kernel(places, prior_);
    std::vector<double> means(places.size(), prior_.mean);
    std::vector<double> near(places.size());
    for (std::size_t i = 0; i < places_.size(); ++i) {
        kernel(near.data(), places_, i);
        for (std::size_t k = 0; k < near.size(); ++k) {
            means[k] += weights_[i] * near[k];
        }
    }
    return means;
}

std::vector<double> GaussianProcess::deviations(const Places& places,
                                                std::span<const std::size_t> which) const {
    const std::size_t n = places_.size();
    const std::size_t width = which.size();
    // Column c is R^-T times the kernel of place c with all that was observed.
    Places asked(places.dimensions());
    for (const std::size_t index : which) {
        asked.add(places[index], {places.seed(index)});
    }
    const Kernel kernel(asked, prior_);
    std::vector<double> solved(n * width);
    for (std::size_t i = 0; i < n; ++i) {
        kernel(solved.data() + i * width, places_, i);
    }
    std::vector<double> left(width, 1.0);
    for (std::size_t i = 0; i < n; ++i) {
        double* const own = solved.data() + i * width;
        const double* const factor = row(i);
        for (std::size_t c = 0; c < width; ++c) {
            own[c] /= factor[i];
            left[c] -= own[c] * own[c];
        }
        for (std::size_t below = i + 1; below < n; ++below) {
            double* const other = solved.data() + below * width;
            for (std::size_t c = 0; c < width; ++c) {
                other[c] -= factor[below] * own[c];
            }
        }
    }
    for (double& variance : left) {
        variance = math::sqrt(std::clamp(variance, 0.0, 1.0));
    }
    return left;
}

}  // namespace drumgen

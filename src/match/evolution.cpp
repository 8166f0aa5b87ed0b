#include "match/evolution.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/math.h"
#include "explore/dice.h"

namespace drumgen {

Evolution::Evolution(std::vector<double> start, double step, std::uint64_t seed)
    : dimensions_(start.size()),
      population_(4 +
                  static_cast<std::size_t>(math::floor(
                      3 * math::log(static_cast<double>(std::max<std::size_t>(dimensions_, 1)))))),
      seed_(seed),
      mean_(std::move(start)),
      step_(step),
      covariance_(dimensions_ * dimensions_, 0.0),
      root_(dimensions_ * dimensions_, 0.0),
      path_(dimensions_, 0.0),
      step_path_(dimensions_, 0.0) {
    population_ *= 2;  // costs are rough, and threads share a generation
    const std::size_t parents = population_ / 2;
    double sum = 0;
    for (std::size_t k = 0; k < parents; ++k) {
        weights_.push_back(math::log(static_cast<double>(parents) + 0.5) -
                           math::log(static_cast<double>(k + 1)));
        sum += weights_.back();
    }
    double squares = 0;
    for (double& weight : weights_) {
        weight /= sum;
        squares += weight * weight;
    }
    effective_ = 1 / squares;
    for (std::size_t i = 0; i < dimensions_; ++i) {
        covariance_[i * dimensions_ + i] = 1;
    }
}

void Evolution::take_root() {
    const std::size_t n = dimensions_;
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            double rest = covariance_[i * n + j];
            for (std::size_t k = 0; k < j; ++k) {
                rest -= root_[i * n + k] * root_[j * n + k];
            }
            constexpr double least = 1e-14;
            root_[i * n + j] = i == j ? math::sqrt(std::max(rest, least)) : rest / root_[j * n + j];
        }
    }
}

const std::vector<std::vector<double>>& Evolution::draw() {
    take_root();
    const std::size_t n = dimensions_;
    normals_.assign(population_, std::vector<double>(n));
    places_.assign(population_, mean_);
    for (std::size_t one = 0; one < population_; ++one) {
        Dice dice(seed_, "evolution", generation_ * population_ + one);
        for (double& normal : normals_[one]) {
            normal = dice.normal();
        }
        for (std::size_t i = 0; i < n; ++i) {
            double way = 0;
            for (std::size_t k = 0; k <= i; ++k) {
                way += root_[i * n + k] * normals_[one][k];
            }
            places_[one][i] += step_ * way;
        }
    }
    ++generation_;
    return places_;
}

void Evolution::learn(const std::vector<double>& costs) {
    const std::size_t n = dimensions_;
    if (n == 0) {
        return;
    }
    std::vector<std::size_t> order(costs.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&costs](std::size_t a, std::size_t b) { return costs[a] < costs[b]; });
    const auto size = static_cast<double>(n);
    const double rate_path = (4 + effective_ / size) / (size + 4 + 2 * effective_ / size);
    const double rate_step = (effective_ + 2) / (size + effective_ + 5);
    const double rate_one = 2 / ((size + 1.3) * (size + 1.3) + effective_);
    const double rate_many = std::min(1 - rate_one, 2 * (effective_ - 2 + 1 / effective_) /
                                                        ((size + 2) * (size + 2) + effective_));
    const double damping =
        1 + 2 * std::max(0.0, math::sqrt((effective_ - 1) / (size + 1)) - 1) + rate_step;
    const double usual_length = math::sqrt(size) * (1 - 1 / (4 * size) + 1 / (21 * size * size));

    std::vector<double> way(n, 0.0);
    double length = 0;
    for (std::size_t i = 0; i < n; ++i) {
        double mean = 0;
        double normal = 0;
        for (std::size_t k = 0; k < weights_.size(); ++k) {
            mean += weights_[k] * places_[order[k]][i];
            normal += weights_[k] * normals_[order[k]][i];
        }
        way[i] = (mean - mean_[i]) / step_;
        step_path_[i] = (1 - rate_step) * step_path_[i] +
                        math::sqrt(rate_step * (2 - rate_step) * effective_) * normal;
        length += step_path_[i] * step_path_[i];
    }
    length = math::sqrt(length);
    const double settled =
        math::sqrt(1 - math::pow(1 - rate_step, 2 * static_cast<double>(generation_)));
    const bool is_steady = length / settled < (1.4 + 2 / (size + 1)) * usual_length;
    for (std::size_t i = 0; i < n; ++i) {
        path_[i] = (1 - rate_path) * path_[i] +
                   (is_steady ? math::sqrt(rate_path * (2 - rate_path) * effective_) * way[i] : 0);
    }
    const double lost = is_steady ? 0 : rate_one * rate_path * (2 - rate_path);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            double many = 0;
            for (std::size_t k = 0; k < weights_.size(); ++k) {
                const std::vector<double>& place = places_[order[k]];
                many += weights_[k] * (place[i] - mean_[i]) * (place[j] - mean_[j]);
            }
            double& entry = covariance_[i * n + j];
            entry = (1 - rate_one - rate_many + lost) * entry + rate_one * path_[i] * path_[j] +
                    rate_many * many / (step_ * step_);
            covariance_[j * n + i] = entry;
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        mean_[i] += step_ * way[i];
    }
    constexpr double largest_step = 0.4;
    step_ *= math::exp(rate_step / damping * (length / usual_length - 1));
    step_ = std::min(step_, largest_step);
}

}  // namespace drumgen

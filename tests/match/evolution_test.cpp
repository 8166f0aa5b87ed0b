#include "match/evolution.h"

#include <doctest/doctest.h>

#include <cmath>

namespace drumgen {
namespace {

/// The least cost after that many generations.
template <class Cost>
double least(const Cost& cost, std::size_t dimensions, int generations) {
    Evolution evolution(std::vector<double>(dimensions, 0.5), 0.2, 1);
    double best = 1e9;
    for (int k = 0; k < generations; ++k) {
        std::vector<double> costs;
        for (const std::vector<double>& place : evolution.draw()) {
            costs.push_back(cost(place));
            best = std::min(best, costs.back());
        }
        evolution.learn(costs);
    }
    return best;
}

TEST_SUITE("match/evolution") {
    TEST_CASE("it finds the bottom of a bowl") {
        const auto bowl = [](const std::vector<double>& x) {
            double sum = 0;
            for (const double a : x) {
                sum += (a - 0.3) * (a - 0.3);
            }
            return sum;
        };
        CHECK(least(bowl, 1, 60) < 1e-8);
        CHECK(least(bowl, 10, 120) < 1e-8);
    }

    TEST_CASE("it learns the way down a narrow valley that lies askew") {
        const auto valley = [](const std::vector<double>& x) {
            double sum = 0;
            for (std::size_t i = 0; i + 1 < x.size(); ++i) {
                const double along = x[i] + x[i + 1] - 0.9;
                const double across = 30 * (x[i] - x[i + 1]);
                sum += along * along + across * across;
            }
            return sum;
        };
        CHECK(least(valley, 6, 150) < 1e-8);
    }

    TEST_CASE("it draws the same again, and something else with another seed") {
        CHECK(Evolution({0.5, 0.5}, 0.1, 1).draw() == Evolution({0.5, 0.5}, 0.1, 1).draw());
        CHECK(Evolution({0.5, 0.5}, 0.1, 1).draw() != Evolution({0.5, 0.5}, 0.1, 2).draw());
    }
}

}  // namespace
}  // namespace drumgen

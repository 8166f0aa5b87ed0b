#include "explore/gaussian_process.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "base/random.h"

using namespace drumgen;

namespace {

Places scattered(std::size_t count, std::size_t dimensions) {
    const RandomStream stream = random_stream(1, "gaussian process test");
    Places places(dimensions);
    std::uint32_t at = 0;
    for (std::size_t i = 0; i < count; ++i) {
        std::vector<double> place;
        for (std::size_t k = 0; k < dimensions; ++k) {
            place.push_back(random_uniform(stream, at++));
        }
        places.add(place, {});
    }
    return places;
}

}  // namespace

TEST_SUITE("explore/gaussian_process") {
    TEST_CASE("one observation is met as far as its noise allows") {
        Places places(1);
        places.add(std::vector<double>{0.5}, {});
        const GaussianProcess model(places, std::vector<double>{1.0}, {-1, 0.35, 0.6});
        // mean = -1 + 2 k / (1 + 0.6), variance = 1 - k^2 / 1.6
        CHECK(model.means(places).front() == doctest::Approx(-1 + 2 / 1.6));
        const double k = std::exp(-0.1 * 0.1 / (2 * 0.35 * 0.35));
        Places others(1);
        others.add(std::vector<double>{0.6}, {});
        others.add(std::vector<double>{50.0}, {});
        CHECK(model.means(others)[0] == doctest::Approx(-1 + 2 * k / 1.6));
        const std::vector<double> deviations =
            model.deviations(others, std::vector<std::size_t>{0, 1});
        CHECK(deviations[0] == doctest::Approx(std::sqrt(1 - k * k / 1.6)));
        CHECK(deviations[1] == doctest::Approx(1));
        CHECK(model.means(others)[1] == doctest::Approx(-1));
    }

    TEST_CASE("with little noise it runs through what it observed") {
        for (const std::size_t count : {1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U, 21U, 50U}) {
            CAPTURE(count);
            const Places places = scattered(count, 4);
            std::vector<double> values;
            std::vector<std::size_t> all;
            for (std::size_t i = 0; i < count; ++i) {
                values.push_back(std::sin(static_cast<double>(i)));
                all.push_back(i);
            }
            const GaussianProcess model(places, values, {0, 0.3, 1e-8});
            const std::vector<double> deviations = model.deviations(places, all);
            const std::vector<double> means = model.means(places);
            for (std::size_t i = 0; i < count; ++i) {
                CHECK(means[i] == doctest::Approx(values[i]).epsilon(1e-4));
                CHECK(deviations[i] < 1e-3);
            }
        }
    }

    TEST_CASE("what was observed with one seed says less of another") {
        Places places(1);
        places.add(std::vector<double>{0.5}, {7});
        const GaussianProcess model(places, std::vector<double>{1.0}, {-1, 0.35, 0.6, 0.75});
        Places asked(1);
        asked.add(std::vector<double>{0.5}, {7});
        asked.add(std::vector<double>{0.5}, {8});
        CHECK(model.means(asked)[0] == doctest::Approx(-1 + 2 / 1.6));
        CHECK(model.means(asked)[1] == doctest::Approx(-1 + 2 * 0.75 / 1.6));
        const std::vector<double> deviations =
            model.deviations(asked, std::vector<std::size_t>{0, 1});
        CHECK(deviations[1] == doctest::Approx(std::sqrt(1 - 0.75 * 0.75 / 1.6)));
    }

    TEST_CASE("knowing nothing it expects its prior") {
        const GaussianProcess model(Places(2), {}, {-1, 0.35, 0.6});
        Places places(2);
        places.add(std::vector<double>{0.1, 0.2}, {});
        CHECK(model.means(places).front() == -1);
        CHECK(model.deviations(places, std::vector<std::size_t>{0}).front() == 1);
    }
}

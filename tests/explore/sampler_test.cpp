#include "explore/sampler.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "drumgen/patch_json.h"
#include "drumgen/specimens.h"

using namespace drumgen;

TEST_SUITE("explore/sampler") {
    TEST_CASE("typical drums are a function of instrument, seed and index") {
        for (const Instrument* instrument : instruments()) {
            std::set<std::string> all;
            for (std::uint64_t index = 0; index < 60; ++index) {
                const std::string one = patch_to_json(propose_typical(*instrument, 3, index));
                CHECK(one == patch_to_json(propose_typical(*instrument, 3, index)));
                CHECK(one != patch_to_json(propose_typical(*instrument, 4, index)));
                all.insert(one);
            }
            CHECK(all.size() == 60);
        }
    }

    TEST_CASE("wholly wild they are the even ones, and some of them are by default") {
        for (const Instrument* instrument : instruments()) {
            int even = 0;
            for (std::uint64_t index = 0; index < 200; ++index) {
                const std::string uniform = patch_to_json(propose_uniform(*instrument, 5, index));
                CHECK(patch_to_json(propose_typical(*instrument, 5, index, {.wild = 1})) ==
                      uniform);
                CHECK(patch_to_json(propose_typical(*instrument, 5, index, {.wild = 0})) !=
                      uniform);
                even += patch_to_json(propose_typical(*instrument, 5, index)) == uniform ? 1 : 0;
            }
            CHECK(even > 5);
            CHECK(even < 50);
        }
    }

    TEST_CASE("an instrument without specimens is drawn evenly") {
        Instrument unknown = *instruments().front();
        unknown.name = "unknown";
        CHECK(specimens_of(unknown).empty());
        const Patch patch = propose_typical(unknown, 1, 2);
        CHECK(patch.seed == propose_uniform(unknown, 1, 2).seed);
        CHECK(patch.params.front()->value == propose_uniform(unknown, 1, 2).params.front()->value);
    }

    TEST_CASE("a kit that is left out gives no drum, and changes no other") {
        const Instrument& instrument = *instruments().front();
        const std::string_view kit = specimens_of(instrument).front().kit;
        int changed = 0;
        for (std::uint64_t index = 0; index < 300; ++index) {
            const std::string all = patch_to_json(propose_typical(instrument, 1, index));
            const std::string without =
                patch_to_json(propose_typical(instrument, 1, index, {.without = kit}));
            changed += all == without ? 0 : 1;
        }
        CHECK(changed > 0);
        CHECK(changed < 100);
    }

    TEST_CASE("specimens state every macro inside its range, and a spread") {
        for (const Instrument* instrument : instruments()) {
            CAPTURE(instrument->name);
            REQUIRE_FALSE(specimens_of(*instrument).empty());
            for (const Specimen& specimen : specimens_of(*instrument)) {
                CAPTURE(specimen.drum);
                CHECK_FALSE(specimen.kit.empty());
                CHECK(specimen.spread > 0);
                CHECK(specimen.spread < 0.2);
                CHECK(specimen.weight > 0);
                const std::span<const Parameter> rows = instrument->parameters;
                for (std::size_t row = 0; row < rows.size(); ++row) {
                    if (rows[row].layer.empty()) {
                        REQUIRE(specimen.patch.params[row]);
                        const double value = specimen.patch.params[row]->value;
                        CHECK(value >= rows[row].allowed.min);
                        CHECK(value <= rows[row].allowed.max);
                    }
                }
            }
        }
    }
}

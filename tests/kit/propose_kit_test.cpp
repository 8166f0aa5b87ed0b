#include "kit/propose_kit.h"

#include <doctest/doctest.h>

#include "drumgen/patch_json.h"

namespace drumgen {
namespace {

TEST_SUITE("kit/propose_kit") {
    TEST_CASE("keys are read as musicians write them") {
        const auto is = [](std::string_view text, int root, bool is_minor) {
            const auto key = musical_key_from(text);
            return key && key->root == root && key->is_minor == is_minor;
        };
        CHECK(is("C", 0, false));
        CHECK(is("F#m", 6, true));
        CHECK(is("Bb", 10, false));
        CHECK(is("Cb", 11, false));
        CHECK(is("a minor", 9, true));
        CHECK(is("D maj", 2, false));
        for (const char* const text : {"", "H", "F##", "Fx", "m", "F#mm", "1"}) {
            CHECK_FALSE(musical_key_from(text));
        }
        CHECK(name_of({6, true}) == "F#m");
        CHECK(triad_of({9, true}) == std::array<int, 3>{9, 0, 4});
    }

    TEST_CASE(
        "a fit is 1 where everything is as its role asks, and 0 where something is against it") {
        KitPart low;
        low.role = {"low", "", 0.5, 1, 0, {}};
        low.pitch_hz = 440;
        low.centroid_hz = 500;
        low.length_s = 0.4;
        low.octaves[2] = 1;
        KitPart high = low;
        high.role.brightness = 1;
        high.pitch_hz = 0;
        high.centroid_hz = 1000;
        high.octaves = {};
        high.octaves[8] = 1;
        const KitWish wish{{9, false}, 120};
        CHECK(fit_of(std::vector{low, high}, wish).all() == doctest::Approx(1));
        KitPart untuned = low;
        untuned.pitch_hz = 440 * 1.03;  // 51 cents
        CHECK(fit_of(std::vector{untuned, high}, wish).tuning == 0);
        KitPart dull = high;
        dull.centroid_hz = 500;
        CHECK(fit_of(std::vector{low, dull}, wish).order == doctest::Approx(0));
        KitPart stacked = high;
        stacked.octaves = low.octaves;
        CHECK(fit_of(std::vector{low, stacked}, wish).gaps == doctest::Approx(0));
        KitPart endless = high;
        endless.length_s = 2;  // four beats, where one is the most
        CHECK(fit_of(std::vector{low, endless}, wish).lengths == doctest::Approx((1 + 0.25) / 2));
    }

    TEST_CASE("proposed kits fit, random ones do not, and hats are brighter than the snare") {
        double proposed = 0;
        double random = 0;
#ifdef DRUMGEN_SANITIZED
        constexpr int count = 4;
#else
        constexpr int count = 12;
#endif
        for (std::uint64_t index = 0; index < count; ++index) {
            const ProposedKit kit = propose_kit(std::nullopt, 120, 1, index);
            CHECK(kit.fit.tuning > 0.99);
            CHECK(kit.fit.order > 0.67);  // at two thirds one pair of three would be as bright
            proposed += kit.fit.all();
            random += fit_of(random_parts(1, index), kit.wish).all();
        }
        MESSAGE("mean fit of proposals " << proposed / count << ", of random slots "
                                         << random / count);
        CHECK(proposed / count > 0.85);
        CHECK(random / count < 0.6);
    }

    TEST_CASE("a kit depends on the key, the tempo, the seed and its index alone") {
        const MusicalKey key{6, true};
        const auto patches = [](const ProposedKit& kit) {
            std::string text;
            for (const Slot& slot : kit.kit.slots) {
                text += slot.name + patch_to_json(slot.patch);
            }
            return text;
        };
        const std::string one = patches(propose_kit(key, 120, 1, 3));
        CHECK(one == patches(propose_kit(key, 120, 1, 3)));
        CHECK(one != patches(propose_kit(key, 120, 1, 4)));
        CHECK(one != patches(propose_kit(key, 120, 2, 3)));
    }
}

}  // namespace
}  // namespace drumgen

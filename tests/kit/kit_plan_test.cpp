#include "kit/kit_plan.h"

#include <doctest/doctest.h>

#include "kit/general_midi.h"
#include "kit/levels.h"

namespace drumgen {
namespace {

Slot slot_of(const std::string& name, std::optional<int> key = std::nullopt) {
    Slot slot;
    slot.name = name;
    slot.patch = empty_patch(*instruments().front());
    slot.key = key;
    return slot;
}

std::vector<int> keys_of(const KitPlan& plan) {
    std::vector<int> keys;
    for (const KitVoice& voice : plan.voices) {
        keys.push_back(voice.key);
    }
    return keys;
}

TEST_SUITE("kit/kit_plan") {
    TEST_CASE("names tell keys, whatever their case and however their words are parted") {
        for (const char* const name : {"closed_hat", "Closed Hat", "CLOSED-HAT", "closed.hat"}) {
            CHECK(general_midi_key(name) == 42);
        }
        CHECK(general_midi_key("kick") == 36);
        CHECK(!general_midi_key("my kick"));
    }

    TEST_CASE("keys: what is stated, what names tell, what instruments tell, what is free") {
        const KitPlan plan =
            plan_kit({"", {slot_of("snare"), slot_of("mine", 38), slot_of("boom"), slot_of("zap")}},
                     SampleFormat::int24);
        // "snare" has lost its key to "mine"; "boom" gets that of its instrument, the rest are
        // free.
        CHECK(keys_of(plan) == std::vector<int>{36, 37, 38, 39});
        CHECK(plan.voices[0].name == "boom");
        CHECK(plan.voices[2].name == "mine");
    }

    TEST_CASE("all 128 keys can be taken") {
        Kit kit;
        for (int i = 0; i < 128; ++i) {
            kit.slots.push_back(slot_of("s" + std::to_string(i)));
        }
        const std::vector<int> keys = keys_of(plan_kit(kit, SampleFormat::int24));
        for (int key = 0; key < 128; ++key) {
            CHECK(keys[static_cast<std::size_t>(key)] == key);
        }
    }

    TEST_CASE("a stem is a file's name on any system") {
        CHECK(file_stem("kick") == "kick");
        CHECK(file_stem("Gro\u00dfe Trommel") == "Gro_e_Trommel");
        CHECK(file_stem(".x") == "_.x");
        CHECK(file_stem("-x") == "_-x");
        CHECK(file_stem("") == "_");
        CHECK(file_stem("CON") == "_CON");
        CHECK(file_stem("com1.x") == "_com1.x");
        CHECK(file_stem("comb") == "comb");
        CHECK(file_stem(std::string(100, 'x')).size() == 64);
    }

    TEST_CASE("levels: the one that can't be louder is at its limit, the others follow") {
        const KitPlan plan = plan_kit(
            {"", {slot_of("kick"), slot_of("snare"), slot_of("closed_hat")}}, SampleFormat::int24);
        std::vector<std::string> notes;
        const std::vector<double> loudness{-10, -20, -18};
        const std::vector<double> gains = levels_db(plan, loudness, Levels::balanced, notes);
        CHECK(gains[1] == 0);
        CHECK(loudness[0] + gains[0] == doctest::Approx(-19));
        CHECK(loudness[2] + gains[2] == doctest::Approx(-29));
        CHECK(notes.empty());
    }

    TEST_CASE("levels: a click does not make the kit quiet, and that is told") {
        const KitPlan plan =
            plan_kit({"", {slot_of("kick"), slot_of("snare")}}, SampleFormat::int24);
        std::vector<std::string> notes;
        const std::vector<double> loudness{-10, -40};
        const std::vector<double> gains = levels_db(plan, loudness, Levels::balanced, notes);
        CHECK(gains[0] == doctest::Approx(-14));
        CHECK(gains[1] == 0);
        REQUIRE(notes.size() == 1);
        CHECK(notes[0].find("\"snare\" is 15 dB below its level") == 0);
    }
}

}  // namespace
}  // namespace drumgen

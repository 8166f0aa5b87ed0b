#include "match/recognise.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "drumgen/render.h"
#include "explore/sampler.h"

namespace drumgen {
namespace {

std::string named(std::string_view file) {
    const Instrument* const instrument = instrument_in_name(file);
    return instrument == nullptr ? "" : std::string(instrument->name);
}

TEST_SUITE("match/recognise") {
    TEST_CASE("names of files tell instruments") {
        CHECK(named("EE_Kick_Lite_2") == "kick");
        CHECK(named("808 BD") == "kick");
        CHECK(named("SnareRim-4") == "rim");
        CHECK(named("HiHatOpen-3") == "hat");
        CHECK(named("HH_01") == "hat");
        CHECK(named("SN4_01") == "snare");
        CHECK(named("Ride-2") == "cymbal");
        CHECK(named("BongoHi-Hardest") == "tom");
        CHECK(named("beats_09-12").empty());
        CHECK(named("custom").empty());
        CHECK(named("").empty());
    }

    TEST_CASE("no two instruments are called the same") {
        std::set<std::string> known;
        for (const Instrument* instrument : instruments()) {
            std::string word;
            for (const char letter : std::string(instrument->also_called) + " ") {
                if (letter != ' ') {
                    word += letter;
                } else if (!word.empty()) {
                    CAPTURE(word);
                    CHECK(known.insert(word).second);
                    CHECK(instrument_named(word) == nullptr);
                    word.clear();
                }
            }
        }
    }

    TEST_CASE("a sound is taken for what it is more often than not, by what real drums tell") {
        int right = 0;
        int all = 0;
        HitMeter meter;
        for (const Instrument* instrument : instruments()) {
            for (std::uint64_t index = 0; index < 6; ++index) {
                const Sound sound = render(resolve(propose_uniform(*instrument, 5, index)));
                const HitTable table = meter(sound.samples.data(), sound.samples.size(), kernels());
                const std::vector<const Instrument*> like = instruments_like(table);
                CHECK(like.size() == instruments().size());
                right += like.front() == instrument ? 1 : 0;
                ++all;
            }
        }
        CHECK(right >= all / 2);
    }
}

}  // namespace
}  // namespace drumgen

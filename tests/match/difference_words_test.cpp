#include "match/difference_words.h"

#include <doctest/doctest.h>

#include <cmath>

#include "drumgen/render.h"
#include "listen.h"
#include "match/table_of.h"

namespace drumgen {
namespace {

HitTable table_of(const char* instrument, const listen::Settings& settings) {
    return table_of(listen::sound_of(instrument, settings));
}

bool tells(const std::string& words, const std::string& part) {
    CAPTURE(words);
    CHECK(words.find(part) != words.npos);
    return true;
}

TEST_SUITE("match/difference_words") {
    TEST_CASE("nothing differs from itself") {
        const HitTable kick = table_of("kick", {});
        CHECK(difference_words(kick, kick) == "nothing that is heard");
    }

    TEST_CASE("a treble that is raised is told as such, and its reverse") {
        const HitTable plain = table_of("snare", {});
        const HitTable bright = table_of("snare", {{"wire", 1}, {"body", 0}, {"wire_tone", 1}});
        tells(difference_words(plain, bright), "too bright");
        tells(difference_words(bright, plain), "too dark");
    }

    TEST_CASE("a pitch is told in cents") {
        const HitTable low = table_of("tom", {{"tune", 100}});
        const HitTable high = table_of("tom", {{"tune", 102.5}});
        const std::string words = difference_words(low, high);
        tells(words, "cents too high");
        tells(difference_words(high, low), "cents too low");
    }

    TEST_CASE("of a band where the recording has nothing no level is told") {
        Signal sine(24000);
        for (std::size_t k = 0; k < sine.size(); ++k) {
            const double s = static_cast<double>(k) / 48000;
            // From zero and as slowly back to it.
            sine[k] = static_cast<float>(std::pow(std::sin(M_PI * s / 0.5), 4) *
                                         std::sin(2 * M_PI * 60 * s));
        }
        for (const char* instrument : {"hat", "snare", "cymbal"}) {
            const std::string words = difference_words(table_of(sine), table_of(instrument, {}));
            CAPTURE(words);
            CHECK(words.find("above 5 kHz") == words.npos);
            CHECK(words.find("bright") == words.npos);
        }
    }
}

}  // namespace
}  // namespace drumgen

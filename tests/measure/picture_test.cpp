#include "measure/picture.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "measure/png.h"
#include "measure/spectrogram.h"
#include "measure/summary.h"
#include "measure/text_picture.h"

using namespace drumgen;

namespace {

Sound tone(double hz, double length_s, double rate_hz = 48000) {
    Sound sound{Signal(static_cast<std::size_t>(length_s * rate_hz), 0.0F), rate_hz};
    for (std::size_t k = 0; k < sound.samples.size(); ++k) {
        sound.samples[k] =
            static_cast<float>(0.5 * std::sin(2 * M_PI * hz * static_cast<double>(k) / rate_hz));
    }
    return sound;
}

std::size_t count(std::string_view text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

}  // namespace

TEST_SUITE("explore/picture") {
    TEST_CASE("a tone is loudest in the row of its frequency, within a semitone") {
        for (const double hz : {60.0, 300.0, 1000.0, 9000.0}) {
            CAPTURE(hz);
            const Spectrogram seen = spectrogram(tone(hz, 0.5), 20, 250, 30, 20000);
            REQUIRE(seen.level_db.size() == 20 * 250);
            int loudest = 0;
            for (int row = 0; row < 250; ++row) {
                const auto at = [&](int r) {
                    return seen.level_db[static_cast<std::size_t>(r * 20 + 10)];
                };
                loudest = at(row) > at(loudest) ? row : loudest;
            }
            const double found = 20000 * std::pow(30.0 / 20000, loudest / 249.0);
            CHECK(std::abs(12 * std::log2(found / hz)) < 1);
        }
    }

    TEST_CASE("frequencies that a sound can't hold are silent") {
        const Spectrogram seen = spectrogram(tone(1000, 0.2, 8000), 10, 50, 30, 20000);
        CHECK(seen.level_db[5] < -150);
    }

    TEST_CASE("the same sound is the same picture, smaller than 500 kB") {
        const Sound sound = tone(100, 8);
        const Features features = measure_features(sound);
        const std::string svg = picture_svg(sound, features, "a & <b> \x01 \xff \xc3\xa9");
        CHECK(svg == picture_svg(sound, features, "a & <b> \x01 \xff \xc3\xa9"));
        CHECK(svg.size() < 500000);
        CHECK(svg.find("a &amp; &lt;b&gt; ? ? \xc3\xa9") != svg.npos);
        for (const char* const label : {"Time (s)", "Frequency (Hz)", "Level (dBFS)", ">50<",
                                        ">100<", ">1k<", ">20k<", "dB below the loudest"}) {
            CAPTURE(label);
            CHECK(svg.find(label) != svg.npos);
        }
    }

    TEST_CASE("silent, tiny and empty sounds have a picture") {
        for (const std::size_t frames : {0U, 1U, 2U, 100U}) {
            const Sound sound{Signal(frames, 0.0F), 48000};
            const std::string svg = picture_svg(sound, measure_features(sound), "");
            CHECK(svg.ends_with("</svg>\n"));
            CHECK(svg.find("nan") == svg.npos);
            CHECK(svg.find("inf") == svg.npos);
        }
    }

    TEST_CASE("base64 of RFC 4648") {
        const auto of = [](std::string_view text) {
            return base64(std::vector<std::uint8_t>(text.begin(), text.end()));
        };
        CHECK(of("") == "");
        CHECK(of("f") == "Zg==");
        CHECK(of("fo") == "Zm8=");
        CHECK(of("foobar") == "Zm9vYmFy");
    }
}

TEST_SUITE("explore/text_picture") {
    TEST_CASE("has rows lines of columns characters") {
        const Sound sound = tone(100, 0.1);
        const std::string ascii = text_waveform(sound, {40, 5, false});
        CHECK(ascii.size() == 5 * 41);
        CHECK(ascii.find_first_not_of(":'. \n") == ascii.npos);
        const std::string braille = text_waveform(sound, {40, 5, true});
        CHECK(braille.size() == 5 * (3 * 40 + 1));
        CHECK(count(braille, "\n") == 5);
    }

    TEST_CASE("a square wave fills its halves, silence is a line") {
        Sound sound{Signal(80, 0.5F), 48000};
        std::fill(sound.samples.begin() + 40, sound.samples.end(), -0.5F);
        CHECK(text_waveform(sound, {4, 2, false}) == "''  \n  ..\n");
        CHECK(text_waveform({Signal(80, 0.0F), 48000}, {4, 1, false}) == "....\n");
        CHECK(text_waveform({Signal(), 48000}, {4, 1, false}) == "....\n");
    }
}

TEST_SUITE("explore/summary") {
    TEST_CASE("keys are the nearest ones") {
        CHECK(key_of(440).midi == 69);
        CHECK(key_of(440).cents == 0);
        CHECK(key_of(45).midi == 30);
        CHECK(key_of(45).cents == -47);
        CHECK(key_name(69) == "A4");
        CHECK(key_name(60) == "C4");
        CHECK(key_name(30) == "F#1");
        CHECK(key_name(0) == "C-1");
    }

    TEST_CASE("numbers have no minus before zero") {
        CHECK(fixed(-0.001, 2) == "0.00");
        CHECK(fixed(-0.5, 1) == "-0.5");
        CHECK(fixed(2.345, 1) == "2.3");
    }
}

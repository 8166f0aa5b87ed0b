#include "sound_file/sound_format.h"

#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <thread>

#include "drumgen/error.h"
#include "sound_file/sound_file.h"

namespace drumgen {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// Longer than one block of any codec.
std::vector<float> fading_tone() {
    std::vector<float> samples(9001);
    for (std::size_t k = 0; k < samples.size(); ++k) {
        const auto x = static_cast<double>(k);
        samples[k] = static_cast<float>(0.9 * std::sin(0.03 * x) * std::exp(-x / 3000));
    }
    return samples;
}

WavTags tags_of(std::size_t patch_bytes) {
    WavTags tags;
    tags.title = "kick 7";
    tags.patch_json = "{" + std::string(patch_bytes - 2, 'p') + "}";
    return tags;
}

TEST_SUITE("sound_file/sound_format") {
    TEST_CASE("a lossless file has every sample, in every format, and its patch") {
        const std::vector<float> samples = fading_tone();
        for (const SoundFormat& format : sound_formats()) {
            CAPTURE(format.name);
            for (const auto& choice : sample_format_choices) {
                if (!format.is_lossless || unfit_reason(format, choice.value)) {
                    continue;
                }
                CAPTURE(choice.word);
                const WavTags tags = tags_of(200);
                const Bytes file = encode_sound(format, samples, choice.value, 44100, tags);
                const WavFile read = decode_sound(file, "x");
                CHECK(read.rate_hz == 44100);
                CHECK(read.samples.format == choice.value);
                CHECK(canonical_bytes(read.samples) ==
                      canonical_bytes(quantise(samples, choice.value)));
                CHECK(read.tags.patch_json == tags.patch_json);
                CHECK_FALSE(read.tags.is_from_comment);
            }
        }
    }

    TEST_CASE("a lossy file has as many frames, about the same sound, and its patch") {
        const std::vector<float> samples = fading_tone();
        for (const SoundFormat& format : sound_formats()) {
            if (format.is_lossless) {
                continue;
            }
            CAPTURE(format.name);
            const WavTags tags = tags_of(200);
            const Bytes file = encode_sound(format, samples, SampleFormat::float32, 48000, tags);
            CHECK(file.size() < samples.size());
            const SoundFile read = read_sound(file, "x");
            CHECK(read.patch_json == tags.patch_json);
            CHECK(read.sound.sample_rate_hz == 48000);
            CHECK(read.notes.empty());
            REQUIRE(read.sound.samples.size() == samples.size());
            double error = 0;
            double power = 0;
            for (std::size_t k = 0; k < samples.size(); ++k) {
                const double x = static_cast<double>(samples[k]);
                const double d = static_cast<double>(read.sound.samples[k]) - x;
                error += d * d;
                power += x * x;
            }
            CHECK(error < 0.05 * power);
            CHECK_THROWS_AS((void)decode_sound(file, "x"), Error);
        }
    }

    TEST_CASE(
        "patches of every length up to the limit are read back, and none where there is none") {
        const std::vector<float> samples(1000);
        for (const SoundFormat& format : sound_formats()) {
            CAPTURE(format.name);
            const SampleFormat as = SampleFormat::int16;
            for (const std::size_t size :
                 {2UL, 3UL, 5UL, 3999UL, 4001UL, 10001UL, max_wav_patch_bytes}) {
                CAPTURE(size);
                const WavTags tags = tags_of(size);
                CHECK(
                    carried_patch(encode_sound(format, samples, as, 48000, tags), "x").patch_json ==
                    tags.patch_json);
            }
            CHECK_THROWS_AS((void)carried_patch(encode_sound(format, samples, as, 48000, {}), "x"),
                            Error);
        }
    }

    TEST_CASE("the same sound gives the same bytes, whatever the time") {
        const std::vector<float> samples = fading_tone();
        const auto all = [&samples] {
            std::vector<Bytes> files;
            for (const SoundFormat& format : sound_formats()) {
                const SampleFormat as =
                    format.holds_floats ? SampleFormat::float32 : SampleFormat::int24;
                files.push_back(encode_sound(format, samples, as, 48000, tags_of(100)));
            }
            return files;
        };
        const std::vector<Bytes> before = all();
        std::this_thread::sleep_for(std::chrono::milliseconds(1100));
        CHECK(all() == before);
    }

    TEST_CASE("endings in any case, and rates and bits that a format has not") {
        CHECK(sound_format_of_ending(".AIF")->name == "aiff");
        CHECK(sound_format_of_ending(".wav") == sound_formats().data());
        CHECK(sound_format_of_ending("") == nullptr);
        CHECK(sound_format_of_ending(".json") == nullptr);
        CHECK(unfit_reason(*sound_format_of_ending(".opus"), 44100.0));
        CHECK_FALSE(unfit_reason(*sound_format_of_ending(".opus"), 48000.0));
        CHECK_FALSE(unfit_reason(*sound_format_of_ending(".flac"), 192000.0));
        CHECK(unfit_reason(*sound_format_of_ending(".flac"), SampleFormat::float32));
    }
}

}  // namespace
}  // namespace drumgen

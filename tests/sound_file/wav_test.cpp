#include "sound_file/wav.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "drumgen/error.h"
#include "sound_file/sound_file.h"

namespace drumgen {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr SampleFormat all_formats[]{SampleFormat::int16, SampleFormat::int24,
                                     SampleFormat::float32};

const std::vector<float> small_sound{0.0F, 0.5F, -0.25F, 0.125F, 0.0F};

WavFile small_wav(SampleFormat format, std::string patch) {
    WavFile wav;
    wav.samples = quantise(small_sound, format);
    wav.tags.patch_json = std::move(patch);
    return wav;
}

Bytes encode(const WavFile& wav) {
    return encode_wav(small_sound, wav.samples.format, wav.rate_hz, wav.tags);
}

std::size_t find(const Bytes& bytes, std::string_view text) {
    return static_cast<std::size_t>(
        std::search(bytes.begin(), bytes.end(), text.begin(), text.end()) - bytes.begin());
}

void set_number(Bytes& bytes, std::size_t at, std::uint32_t number) {
    for (std::size_t i = 0; i < 4; ++i) {
        bytes[at + i] = static_cast<std::uint8_t>(number >> (8 * i));
    }
}

/// The problem that decoding reports; empty when it succeeds.
std::string problem_of(const Bytes& bytes) {
    try {
        (void)decode_wav(bytes, "x.wav");
    } catch (const Error& error) {
        CHECK(error.status() == Status::invalid);
        return error.what();
    }
    return "";
}

TEST_SUITE("sound_file/wav") {
    TEST_CASE("quantise rounds to nearest, ties to even, and saturates") {
        const float step = 1.0F / 32768;
        const std::vector<float> samples{0.5F * step,  1.5F * step, -0.5F * step, -1.5F * step,
                                         0.51F * step, 1.0F,        -1.0F,        2.0F,
                                         -2.0F,        0.999999F,   -0.0F};
        const std::vector<std::int32_t> expected{0,      2,     0,      -2,    1, 32767,
                                                 -32768, 32767, -32768, 32767, 0};
        CHECK(quantise(samples, SampleFormat::int16).integers == expected);
        CHECK(quantise(samples, SampleFormat::float32).floats == samples);
    }

    TEST_CASE("quantise is within half a step of 24 bits") {
        std::vector<float> samples;
        for (int i = -1000; i <= 1000; ++i) {
            samples.push_back(static_cast<float>(i) / 1003);
        }
        const StoredSamples stored = quantise(samples, SampleFormat::int24);
        for (std::size_t i = 0; i < samples.size(); ++i) {
            CHECK(std::abs(stored.integers[i] - static_cast<double>(samples[i]) * 8388608) <= 0.5);
        }
    }

    TEST_CASE("canonical bytes are little-endian") {
        const std::vector<float> samples{0.5F, -1.0F};
        CHECK(canonical_bytes(quantise(samples, SampleFormat::int16)) == Bytes{0, 0x40, 0, 0x80});
        CHECK(canonical_bytes(quantise(samples, SampleFormat::int24)) ==
              Bytes{0, 0, 0x40, 0, 0, 0x80});
        CHECK(canonical_bytes(quantise(samples, SampleFormat::float32)) ==
              Bytes{0, 0, 0, 0x3f, 0, 0, 0x80, 0xbf});
    }

    TEST_CASE("samples are written as they are quantised") {
        std::vector<float> samples{2.0F, -2.0F, -0.0F, std::nanf(""), 1e-40F, INFINITY, -INFINITY};
        for (int i = -1000; i <= 1000; ++i) {
            samples.push_back(static_cast<float>(i) / 1003);
            samples.push_back((static_cast<float>(i) + 0.5F) / 32768);
        }
        for (const SampleFormat format : all_formats) {
            Bytes written(samples.size() * sample_bytes(format));
            write_canonical(samples, format, written);
            CHECK(written == canonical_bytes(quantise(samples, format)));
        }
    }

    TEST_CASE("a file is laid out as the specification says, every chunk even, padded with zeros") {
        WavFile wav = small_wav(SampleFormat::int24, "{\"a\":1}");
        wav.tags.title = "kick";
        wav.tags.root_note = 33;
        wav.tags.root_cents = 50;
        const std::string expected(
            "RIFF\x9a\0\0\0WAVE"
            "fmt \x10\0\0\0\x01\0\x01\0\x80\xbb\0\0\x80\x32\x02\0\x03\0\x18\0"
            "data\x0f\0\0\0\0\0\0\0\0\x40\0\0\xe0\0\0\x10\0\0\0\0"
            "LIST\x22\0\0\0INFOINAM\x06\0\0\0kick\0\0ICMT\x08\0\0\0{\"a\":1}\0"
            "smpl\x24\0\0\0\0\0\0\0\0\0\0\0\x61\x51\0\0\x21\0\0\0\0\0\0\x80"
            "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
            "drmg\x08\0\0\0{\"a\":1} ",
            162);
        CHECK(encode(wav) == Bytes(expected.begin(), expected.end()));
    }

    TEST_CASE("without tags there are the format and the samples, whatever these are") {
        for (const SampleFormat format : all_formats) {
            const Bytes file = encode_wav(small_sound, format, 48000, {});
            const std::size_t header = format == SampleFormat::float32 ? 46 : 44;
            CHECK(find(file, "data") == header - 8);
            CHECK(file.size() == header + (5 * sample_bytes(format) + 1) / 2 * 2);
            CHECK(decode_wav(file, "x.wav").samples.format == format);
        }
    }

    TEST_CASE("a copy whose own chunk is gone has the patch in its comment, and says so") {
        WavFile wav = small_wav(SampleFormat::int24, R"({"instrument":"kick"})");
        wav.tags.title = "kick 7";
        Bytes file = encode(wav);
        CHECK_FALSE(wav_tags(file).is_from_comment);
        file.resize(find(file, "drmg"));
        set_number(file, 4, static_cast<std::uint32_t>(file.size() - 8));
        const WavTags tags = decode_wav(file, "x.wav").tags;
        CHECK(tags.patch_json == wav.tags.patch_json);
        CHECK(tags.title == "kick 7");
        CHECK(tags.is_from_comment);
    }

    TEST_CASE("a comment of anybody's is no patch") {
        WavFile wav = small_wav(SampleFormat::int24, "{\"a\":1}");
        Bytes file = encode(wav);
        file.resize(find(file, "drmg"));
        file[find(file, "{\"a\"")] = 'x';
        set_number(file, 4, static_cast<std::uint32_t>(file.size() - 8));
        CHECK(wav_tags(file).patch_json.empty());
        CHECK_FALSE(wav_tags(file).is_from_comment);
    }

    TEST_CASE("a float file says its format as the specification wants what is not PCM") {
        const Bytes file = encode(small_wav(SampleFormat::float32, "{}"));
        const std::string expected(
            "fmt \x12\0\0\0\x03\0\x01\0\x80\xbb\0\0\0\xee\x02\0\x04\0\x20\0\0\0"
            "fact\x04\0\0\0\x05\0\0\0",
            38);
        CHECK(Bytes(file.begin() + 12, file.begin() + 50) ==
              Bytes(expected.begin(), expected.end()));
    }

    TEST_CASE("what is encoded is decoded") {
        for (const SampleFormat format : all_formats) {
            for (const std::uint32_t rate : {44100U, 48000U, 88200U, 96000U}) {
                WavFile wav = small_wav(format, R"({"instrument":"kick"})");
                wav.rate_hz = rate;
                wav.tags.title = "kick 7";
                const WavFile read = decode_wav(encode(wav), "x.wav");
                CHECK(read.rate_hz == rate);
                CHECK(read.samples.format == format);
                CHECK(read.samples.integers == wav.samples.integers);
                CHECK(read.samples.floats == wav.samples.floats);
                CHECK(read.tags.patch_json == wav.tags.patch_json);
                CHECK(read.tags.title == "kick 7");
                CHECK(!read.tags.root_note);
            }
        }
    }

    TEST_CASE("the same sound gives the same file, whatever lay in memory") {
        for (const SampleFormat format : all_formats) {
            const WavFile wav = small_wav(format, "{\"a\":12}");
            const Bytes first = encode(wav);
            const std::string noise(5000, 'x');
            CHECK(encode(wav) == first);
            CHECK(noise.size() == 5000);
        }
    }

    TEST_CASE("the samples in the file are the canonical bytes") {
        for (const SampleFormat format : all_formats) {
            const WavFile wav = small_wav(format, "{}");
            const Bytes canonical = canonical_bytes(wav.samples);
            const Bytes file = encode(wav);
            const auto start = file.begin() + static_cast<std::ptrdiff_t>(find(file, "data")) + 8;
            CHECK(std::equal(canonical.begin(), canonical.end(), start));
        }
    }

    TEST_CASE("patches of every length up to the limit are read back") {
        for (const std::size_t size : {1UL, 2UL, 3UL, 4UL, 5UL, 1000UL, max_wav_patch_bytes}) {
            const std::string patch = "{" + std::string(size - 1, 'p');
            const Bytes file = encode(small_wav(SampleFormat::int24, patch));
            CHECK(decode_wav(file, "x.wav").tags.patch_json == patch);
        }
    }

    TEST_CASE("a patch above the limit is refused") {
        const WavFile wav =
            small_wav(SampleFormat::int24, std::string(max_wav_patch_bytes + 1, 'p'));
        CHECK_THROWS_AS((void)encode(wav), Error);
    }

    TEST_CASE("the root note and its cents are read back") {
        for (const int note : {0, 30, 60, 127}) {
            for (const int cents : {-50, -1, 0, 1, 49}) {
                if (note * 100 + cents < 0) {
                    continue;
                }
                WavFile wav = small_wav(SampleFormat::int24, "{}");
                wav.tags.root_note = note;
                wav.tags.root_cents = cents;
                const WavTags tags = decode_wav(encode(wav), "x.wav").tags;
                CHECK(tags.root_note == note);
                CHECK(tags.root_cents == cents);
            }
        }
    }

    TEST_CASE("a file cut anywhere is refused, and never read past its end") {
        const Bytes file = encode(small_wav(SampleFormat::int24, "{\"a\":1}"));
        for (std::size_t size = 0; size < file.size(); ++size) {
            CHECK(!problem_of(Bytes(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size)))
                       .empty());
        }
        CHECK(problem_of(file).empty());
    }

    TEST_CASE("chunk sizes that lie are refused") {
        const Bytes file = encode(small_wav(SampleFormat::int24, "{\"a\":1}"));
        for (const std::string_view id : {"RIFF", "fmt ", "drmg", "data"}) {
            for (const std::uint32_t size : {0x7fffffffU, 0x80000000U, 0xfffffff0U, 0xffffffffU}) {
                Bytes hostile = file;
                set_number(hostile, find(hostile, id) + 4, size);
                CHECK(problem_of(hostile).find("truncated") != std::string::npos);
            }
        }
    }

    TEST_CASE("every byte of the header may be anything") {
        const Bytes file = encode(small_wav(SampleFormat::int24, "{\"a\":1}"));
        for (std::size_t at = 0; at < find(file, "data") + 8; ++at) {
            for (const int value : {0, 1, 2, 0x7f, 0x80, 0xff}) {
                Bytes hostile = file;
                hostile[at] = static_cast<std::uint8_t>(value);
                std::size_t frames = 0;
                try {
                    frames = decode_wav(hostile, "x.wav").samples.integers.size();
                } catch (const Error& error) {
                    CHECK(error.status() == Status::invalid);
                }
                CHECK(frames < 100);
            }
        }
    }

    TEST_CASE("more chunks than any honest file has are refused") {
        Bytes file = encode(small_wav(SampleFormat::int24, "{}"));
        for (int i = 0; i < 1000; ++i) {
            for (const char byte : std::string("junk\0\0\0\0", 8)) {
                file.push_back(static_cast<std::uint8_t>(byte));
            }
        }
        set_number(file, 4, static_cast<std::uint32_t>(file.size() - 8));
        CHECK(problem_of(file).find("out of order") != std::string::npos);
    }

    TEST_CASE("more than two channels are refused") {
        Bytes file = encode(small_wav(SampleFormat::int24, "{}"));
        file[find(file, "fmt ") + 10] = 3;
        CHECK(problem_of(file) == "x.wav: has 3 channels; a sound of ours has one or two");
    }

    TEST_CASE("two channels are written beside each other and read back") {
        const Sound sound{{0.5F, -0.25F, 0.125F}, 44100, {0.0F, 0.75F, -1.0F}};
        for (const auto& choice : sample_format_choices) {
            CAPTURE(choice.word);
            const Interleaved both(sound);
            const Bytes file = encode_wav(both.frames(), choice.value, 44100, {});
            const WavFile read = decode_wav(file, "x.wav");
            CHECK(read.samples.channels == 2);
            CHECK(read.samples.frames() == 3);
            CHECK(as_sound(read.samples, 44100).samples == sound.samples);
            CHECK(as_sound(read.samples, 44100).right == sound.right);
            const SoundFile anybodys = read_sound(file, "x.wav");
            CHECK(anybodys.sound.right == sound.right);
            CHECK(read_sound(file, "x.wav", Channels::mean).sound.samples[0] == 0.25F);
        }
    }

    TEST_CASE("a float file holds no time stamp") {
        const Bytes file = encode(small_wav(SampleFormat::float32, "{}"));
        CHECK(find(file, "PEAK") == file.size());
    }
}

}  // namespace
}  // namespace drumgen

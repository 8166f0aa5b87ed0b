#include "sound_file/wave_samples.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/random.h"
#include "sound_file/memory_file.h"
#include "sound_file/sound_file.h"

using namespace drumgen;

namespace {

using Bytes = std::vector<std::uint8_t>;

void put(Bytes& bytes, std::string_view text) {
    bytes.insert(bytes.end(), text.begin(), text.end());
}

/// A WAV of that format, whose data are these bytes.
Bytes wave_of(const WaveFormat& format, const Bytes& data) {
    Bytes bytes;
    put(bytes, "RIFF");
    put_little_endian(bytes, 36 + data.size(), 4);
    put(bytes, "WAVEfmt ");
    put_little_endian(bytes, 16, 4);
    put_little_endian(bytes, format.tag, 2);
    put_little_endian(bytes, format.channels, 2);
    put_little_endian(bytes, format.rate_hz, 4);
    put_little_endian(bytes, format.rate_hz * format.frame_bytes, 4);
    put_little_endian(bytes, format.frame_bytes, 2);
    put_little_endian(bytes, format.bits, 2);
    put(bytes, "data");
    put_little_endian(bytes, data.size(), 4);
    bytes.insert(bytes.end(), data.begin(), data.end());
    return bytes;
}

/// Random samples that are numbers: of floats the exponent is held low.
Bytes samples_of(const WaveFormat& format, std::size_t frames) {
    const RandomStream stream = random_stream(7, "samples");
    Bytes bytes(frames * format.frame_bytes);
    for (std::size_t k = 0; k < bytes.size(); ++k) {
        bytes[k] = static_cast<std::uint8_t>(
            128 + 128 * random_uniform(stream, static_cast<std::uint32_t>(k)));
        const std::size_t width = format.bits / 8;
        if (format.tag == format_float && k % width == width - 1) {
            bytes[k] = static_cast<std::uint8_t>(0x3E | (bytes[k] & 0x80));
        }
    }
    return bytes;
}

}  // namespace

TEST_SUITE("sound_file/wave_samples") {
    TEST_CASE("samples are those that libsndfile reads, bit for bit") {
        constexpr std::size_t frames = 1000;
        for (const std::uint32_t channels : {1U, 2U, 5U}) {
            for (const auto& [tag, bits] :
                 std::vector<std::pair<std::uint32_t, std::uint32_t>>{{format_pcm, 8},
                                                                      {format_pcm, 16},
                                                                      {format_pcm, 24},
                                                                      {format_pcm, 32},
                                                                      {format_float, 32},
                                                                      {format_float, 64}}) {
                const WaveFormat format{.tag = tag,
                                        .channels = channels,
                                        .rate_hz = 44100,
                                        .bits = bits,
                                        .frame_bytes = channels * bits / 8};
                CAPTURE(name_of(format));
                CAPTURE(channels);
                REQUIRE(has_plain_samples(format));
                const Bytes data = samples_of(format, frames);
                const Bytes wave = wave_of(format, data);
                MemoryFile memory{wave};
                SF_INFO info{};
                const Sndfile file = open_memory(memory, info);
                REQUIRE(file != nullptr);
                REQUIRE(info.frames == static_cast<sf_count_t>(frames));
                std::vector<float> expected(frames * channels);
                REQUIRE(sndfile_library().readf_float(file.get(), expected.data(), info.frames) ==
                        info.frames);
                REQUIRE(frames_in(format, data.size()) == frames);
                std::vector<float> found(expected.size());
                for (std::size_t k = 0; k < found.size(); ++k) {
                    found[k] = sample_of(format, data, k);
                }
                CHECK(found == expected);
                const SoundFile read = read_sound(wave, "x");
                CHECK(read.channels == static_cast<int>(channels));
                REQUIRE(read.sound.samples.size() == frames);
                CHECK(read.sound.samples[frames - 1] == expected[(frames - 1) * channels]);
            }
        }
    }

    TEST_CASE("what is packed otherwise is left to the library") {
        for (const WaveFormat format :
             {WaveFormat{format_pcm, 1, 48000, 12, 2}, WaveFormat{format_pcm, 1, 48000, 24, 4},
              WaveFormat{format_pcm, 0, 48000, 16, 0}, WaveFormat{format_float, 1, 48000, 16, 2},
              WaveFormat{0x11, 1, 48000, 4, 512}, WaveFormat{format_pcm, 1, 48000, 64, 8}}) {
            CHECK_FALSE(has_plain_samples(format));
        }
    }
}

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "io/riff.h"
#include "io/wav.h"

// Written by hand, not by libsndfile: loading it costs a process 3.7 ms of the 10 that a sound
// takes, it pads a chunk with whatever lies behind it in memory, reports success for one above
// 51 200 bytes that nobody can read, and puts a time stamp into float files.

namespace drumgen {
namespace {

using Bytes = std::vector<std::uint8_t>;

[[noreturn]] void fail(const std::string& reason) {
    throw Error(Status::failed, "cannot make a WAV: " + reason);
}

void put(Bytes& bytes, std::string_view text) {
    bytes.insert(bytes.end(), text.begin(), text.end());
}

/// Little-endian.
void put(Bytes& bytes, std::uint32_t number, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        bytes.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
    }
}

void put_chunk_header(Bytes& bytes, std::string_view id, std::size_t size) {
    put(bytes, id);
    put(bytes, static_cast<std::uint32_t>(size), 4);
}

void put_format(Bytes& bytes, SampleFormat format, std::uint32_t rate_hz, std::size_t frames) {
    const bool is_float = format == SampleFormat::float32;
    const auto width = static_cast<std::uint32_t>(sample_bytes(format));
    put_chunk_header(bytes, "fmt ", is_float ? 18 : 16);
    put(bytes, is_float ? format_float : format_pcm, 2);
    put(bytes, 1, 2);  // channels
    put(bytes, rate_hz, 4);
    put(bytes, rate_hz * width, 4);  // bytes a second
    put(bytes, width, 2);            // bytes a frame
    put(bytes, width * 8, 2);
    if (is_float) {
        // What is not PCM has the size of an extension, here none, and tells its frames.
        put(bytes, 0, 2);
        put_chunk_header(bytes, "fact", 4);
        put(bytes, static_cast<std::uint32_t>(frames), 4);
    }
}

void put_title(Bytes& bytes, const std::string& title) {
    if (title.empty()) {
        return;
    }
    // It ends with a zero, and is as long as an even number.
    const std::size_t size = (title.size() + 2) / 2 * 2;
    put_chunk_header(bytes, "LIST", 4 + chunk_header_bytes + size);
    put(bytes, "INFO");
    put_chunk_header(bytes, "INAM", size);
    put(bytes, title);
    bytes.resize(bytes.size() + size - title.size());
}

void put_root_note(Bytes& bytes, const WavTags& tags, std::uint32_t rate_hz) {
    if (!tags.root_note) {
        return;
    }
    // The chunk can only tune upwards, by a fraction of 2^32 of a semitone.
    const int cents = *tags.root_note * 100 + tags.root_cents;
    if (cents < 0 || cents / 100 > 127) {
        fail("its root note is outside 0..127");
    }
    const auto note = static_cast<std::uint32_t>(cents / 100);
    const auto cents_above = static_cast<std::uint64_t>(cents % 100);
    const auto fraction = static_cast<std::uint32_t>(((cents_above << 32) + 50) / 100);
    const std::uint32_t frame_ns = (1'000'000'000 + rate_hz / 2) / rate_hz;
    put_chunk_header(bytes, "smpl", 36);
    // Manufacturer, product, ...; SMPTE format and offset, loops, bytes of an extension.
    for (const std::uint32_t number : {0U, 0U, frame_ns, note, fraction, 0U, 0U, 0U, 0U}) {
        put(bytes, number, 4);
    }
}

void put_patch(Bytes& bytes, const std::string& patch) {
    if (patch.size() > max_wav_patch_bytes) {
        fail(
            fmt::format("its patch has {} bytes, more than {}", patch.size(), max_wav_patch_bytes));
    }
    if (patch.empty()) {
        return;
    }
    // Even with spaces, which JSON may end with: some readers forget the byte behind an odd chunk.
    put_chunk_header(bytes, patch_chunk_id, patch.size() + patch.size() % 2);
    put(bytes, patch);
    put(bytes, std::string_view(" ", patch.size() % 2));
}

}  // namespace

std::vector<std::uint8_t> encode_wav(std::span<const float> samples, SampleFormat format,
                                     std::uint32_t rate_hz, const WavTags& tags) {
    constexpr std::size_t most_bytes = 0x7fffffff;  // beyond it, readers differ
    constexpr std::size_t most_around = 1024;       // all but samples and texts
    const std::size_t data_size = samples.size() * sample_bytes(format);
    const std::size_t size = data_size + tags.patch_json.size() + tags.title.size() + most_around;
    if (size > most_bytes || rate_hz == 0) {
        fail("it is too long, or has no sample rate");
    }
    Bytes bytes;
    bytes.reserve(size);
    put_chunk_header(bytes, "RIFF", 0);
    put(bytes, "WAVE");
    put_format(bytes, format, rate_hz, samples.size());
    put_title(bytes, tags.title);
    put_root_note(bytes, tags, rate_hz);
    put_patch(bytes, tags.patch_json);
    put_chunk_header(bytes, "data", data_size);
    const std::size_t start = bytes.size();
    const std::size_t end = start + data_size + data_size % 2;
    Bytes riff_size;
    put(riff_size, static_cast<std::uint32_t>(end - chunk_header_bytes), 4);
    std::copy(riff_size.begin(), riff_size.end(), bytes.begin() + 4);
    bytes.resize(end);
    write_canonical(samples, format, std::span(bytes).subspan(start, data_size));

    const std::span<const std::uint8_t> read = checked_riff(bytes, "the WAV that was made");
    if (find_chunk(read, "data").size() != data_size || patch_in(read) != tags.patch_json) {
        fail("its patch does not read back");
    }
    return bytes;
}

}  // namespace drumgen

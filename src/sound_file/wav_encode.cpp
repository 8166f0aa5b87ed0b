#include <algorithm>

#include "base/bytes.h"
#include "base/text.h"
#include "drumgen/error.h"
#include "sound_file/riff.h"
#include "sound_file/wav.h"

// Written by hand, not by libsndfile: loading it costs a process 3.7 ms of the 10 that a sound
// takes, it pads a chunk with whatever lies behind it in memory, reports success for one above
// 51 200 bytes that nobody can read, and puts a time stamp into float files.

namespace drumgen {
namespace {

using Buffer = std::vector<std::uint8_t>;

[[noreturn]] void fail_to_encode(const std::string& reason) {
    throw Error(Status::failed, "cannot make a WAV: " + reason);
}

void put(Buffer& bytes, std::string_view text) {
    bytes.insert(bytes.end(), text.begin(), text.end());
}

void put_chunk_header(Buffer& bytes, std::string_view id, std::size_t size) {
    put(bytes, id);
    put_little_endian(bytes, static_cast<std::uint32_t>(size), 4);
}

/// with_frames   tells the frames of what is not PCM, as the standard wants it
void put_format(Buffer& bytes, SampleFormat format, std::uint32_t rate_hz, const Frames& frames,
                bool with_frames) {
    const bool is_float = format == SampleFormat::float32;
    const auto channels = static_cast<std::uint32_t>(frames.channels);
    const auto width = static_cast<std::uint32_t>(sample_bytes(format));
    put_chunk_header(bytes, "fmt ", is_float ? 18 : 16);
    put_little_endian(bytes, is_float ? format_float : format_pcm, 2);
    put_little_endian(bytes, channels, 2);
    put_little_endian(bytes, rate_hz, 4);
    put_little_endian(bytes, rate_hz * width * channels, 4);  // bytes a second
    put_little_endian(bytes, width * channels, 2);            // bytes a frame
    put_little_endian(bytes, width * 8, 2);
    if (is_float) {
        // What is not PCM has the size of an extension, here none.
        put_little_endian(bytes, 0, 2);
    }
    if (is_float && with_frames) {
        put_chunk_header(bytes, "fact", 4);
        put_little_endian(bytes, static_cast<std::uint32_t>(frames.count()), 4);
    }
}

/// Title and patch where all programs look for a title and a comment, and where many that leave
/// other chunks out keep them.
void put_texts(Buffer& bytes, const WavTags& tags) {
    const std::size_t list_at = bytes.size();
    put_chunk_header(bytes, "LIST", 0);
    put(bytes, "INFO");
    const std::size_t empty = bytes.size();
    const auto put_text = [&bytes](std::string_view id, const std::string& text) {
        // It ends with a zero, and is as long as an even number.
        const std::size_t size = (text.size() + 2) / 2 * 2;
        put_chunk_header(bytes, id, size);
        put(bytes, text);
        bytes.resize(bytes.size() + size - text.size());
    };
    if (!tags.title.empty()) {
        put_text("INAM", tags.title);
    }
    if (!tags.patch_json.empty() && tags.patch_json.size() <= max_comment_bytes) {
        put_text("ICMT", tags.patch_json);
    }
    if (bytes.size() == empty) {
        bytes.resize(list_at);
        return;
    }
    set_number_at(bytes, list_at + 4, bytes.size() - list_at - chunk_header_bytes, 4);
}

void put_root_note(Buffer& bytes, const WavTags& tags, std::uint32_t rate_hz) {
    if (!tags.root_note) {
        return;
    }
    // The chunk can only tune upwards, by a fraction of 2^32 of a semitone.
    const int cents = *tags.root_note * 100 + tags.root_cents;
    if (cents < 0 || cents / 100 > 127) {
        fail_to_encode("its root note is outside 0..127");
    }
    const auto note = static_cast<std::uint32_t>(cents / 100);
    const auto cents_above = static_cast<std::uint64_t>(cents % 100);
    const auto fraction = static_cast<std::uint32_t>(((cents_above << 32) + 50) / 100);
    const std::uint32_t frame_ns = (1'000'000'000 + rate_hz / 2) / rate_hz;
    put_chunk_header(bytes, "smpl", 36);
    // Manufacturer, product, ...; SMPTE format and offset, loops, bytes of an extension.
    for (const std::uint32_t number : {0U, 0U, frame_ns, note, fraction, 0U, 0U, 0U, 0U}) {
        put_little_endian(bytes, number, 4);
    }
}

void put_patch(Buffer& bytes, const std::string& patch) {
    if (patch.size() > max_wav_patch_bytes) {
        fail_to_encode(
            formatted("its patch has {} bytes, more than {}", patch.size(), max_wav_patch_bytes));
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

std::vector<std::uint8_t> encode_wav(const Frames& frames, SampleFormat format,
                                     std::uint32_t rate_hz, const WavTags& tags, RiffForm form) {
    constexpr std::size_t most_bytes = 0x7fffffff;  // beyond it, readers differ
    constexpr std::size_t most_around = 1024;       // all but samples and texts
    constexpr std::size_t unknown = 0xffffffff;     // what an RF64 says where it has the size apart
    const std::size_t data_size = frames.samples.size() * sample_bytes(format);
    const std::size_t size =
        data_size + 2 * tags.patch_json.size() + tags.title.size() + most_around;
    if (size > most_bytes || rate_hz == 0) {
        fail_to_encode("it is too long, or has no sample rate");
    }
    const bool is_rf64 = form == RiffForm::rf64;
    Buffer bytes;
    bytes.reserve(size);
    put_chunk_header(bytes, is_rf64 ? "RF64" : "RIFF", is_rf64 ? unknown : 0);
    put(bytes, "WAVE");
    const std::size_t sizes_at = bytes.size() + chunk_header_bytes;
    if (is_rf64) {
        // The file, the data, the frames in 8 bytes each; a table of other large chunks, here none.
        put_chunk_header(bytes, "ds64", 28);
        bytes.resize(sizes_at + 28);
        set_number_at(bytes, sizes_at + 8, data_size, 8);
        set_number_at(bytes, sizes_at + 16, frames.count(), 8);
    }
    put_format(bytes, format, rate_hz, frames, tags.any());
    const auto put_tags = [&] {
        put_texts(bytes, tags);
        put_root_note(bytes, tags, rate_hz);
        put_patch(bytes, tags.patch_json);
    };
    if (is_rf64) {
        // libsndfile finds no chunk behind an odd number of bytes.
        put_tags();
    }
    put_chunk_header(bytes, "data", is_rf64 ? unknown : data_size);
    const std::size_t start = bytes.size();
    bytes.resize(start + data_size + data_size % 2);
    write_canonical(frames.samples, format, std::span(bytes).subspan(start, data_size));
    if (is_rf64) {
        set_number_at(bytes, sizes_at, bytes.size() - chunk_header_bytes, 8);
        return bytes;
    }
    put_tags();
    set_number_at(bytes, 4, bytes.size() - chunk_header_bytes, 4);

    const std::span<const std::uint8_t> read = checked_riff(bytes, "the WAV that was made");
    WavTags again;
    take_patch(read, again);
    if (find_chunk(read, "data").size() != data_size || again.patch_json != tags.patch_json ||
        again.is_from_comment) {
        fail_to_encode("its patch does not read back");
    }
    return bytes;
}

}  // namespace drumgen

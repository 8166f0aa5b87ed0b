#include <sndfile.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "io/memory_file.h"
#include "io/wav.h"

namespace drumgen {
namespace {

[[noreturn]] void fail(const std::string& reason) {
    throw Error(Status::failed, "cannot make a WAV: " + reason);
}

int subformat(SampleFormat format) {
    switch (format) {
        case SampleFormat::int16:
            return SF_FORMAT_PCM_16;
        case SampleFormat::int24:
            return SF_FORMAT_PCM_24;
        case SampleFormat::float32:
            break;
    }
    return SF_FORMAT_FLOAT;
}

void write_root_note(SNDFILE* file, const WavTags& tags) {
    if (!tags.root_note) {
        return;
    }
    SF_INSTRUMENT instrument{};
    instrument.gain = 1;
    // The `smpl` chunk can only tune upwards, by 0..99 cents.
    const int cents = *tags.root_note * 100 + tags.root_cents;
    instrument.basenote = static_cast<char>(cents / 100);
    instrument.detune = static_cast<char>(cents % 100);
    instrument.velocity_hi = 127;
    instrument.key_hi = 127;
    if (cents < 0 || cents / 100 > 127 ||
        sf_command(file, SFC_SET_INSTRUMENT, &instrument, sizeof instrument) == SF_FALSE) {
        fail("its root note is outside 0..127");
    }
}

void write_patch(SNDFILE* file, std::string patch) {
    if (patch.size() > max_wav_patch_bytes) {
        fail("its patch has " + std::to_string(patch.size()) + " bytes, more than " +
             std::to_string(max_wav_patch_bytes));
    }
    // libsndfile rounds a chunk up to four bytes with whatever lies behind it in memory.
    patch.append((4 - patch.size() % 4) % 4, ' ');
    SF_CHUNK_INFO info{};
    std::copy_n(patch_chunk_id, sizeof patch_chunk_id, info.id);
    info.id_size = sizeof patch_chunk_id - 1;
    info.datalen = static_cast<unsigned>(patch.size());
    info.data = patch.data();
    if (sf_set_chunk(file, &info) != SF_ERR_NO_ERROR) {
        fail("libsndfile refuses its patch");
    }
}

}  // namespace

std::vector<std::uint8_t> encode_wav(const WavFile& wav) {
    const StoredSamples& samples = wav.samples;
    const std::size_t frames = std::max(samples.integers.size(), samples.floats.size());
    MemoryFile memory;
    memory.bytes.reserve(frames * 4 + 2 * wav.tags.patch_json.size() + 1024);
    SF_INFO info{};
    info.samplerate = static_cast<int>(wav.rate_hz);
    info.channels = 1;
    info.format = SF_FORMAT_WAV | subformat(samples.format);
    Sndfile file = open_memory(memory, SFM_WRITE, info);
    if (!file) {
        fail(sf_strerror(nullptr));
    }
    // The chunk holds a time stamp.
    sf_command(file.get(), SFC_SET_ADD_PEAK_CHUNK, nullptr, SF_FALSE);
    write_root_note(file.get(), wav.tags);
    if (!wav.tags.title.empty()) {
        sf_set_string(file.get(), SF_STR_TITLE, wav.tags.title.c_str());
    }
    if (!wav.tags.patch_json.empty()) {
        write_patch(file.get(), wav.tags.patch_json);
    }
    // Our bytes, as they are: libsndfile's own conversion is one more that could differ.
    const std::vector<std::uint8_t> bytes = canonical_bytes(samples);
    const auto size = static_cast<sf_count_t>(bytes.size());
    if (sf_write_raw(file.get(), bytes.data(), size) != size || sf_close(file.release()) != 0) {
        fail("libsndfile did not write all samples");
    }
    SF_INFO read_info{};
    memory.at = 0;
    file = open_memory(memory, SFM_READ, read_info);
    if (!file || read_info.frames != static_cast<sf_count_t>(frames) ||
        patch_chunk(file.get()) != wav.tags.patch_json) {
        fail("its patch does not read back");
    }
    file.reset();
    return std::move(memory.bytes);
}

}  // namespace drumgen

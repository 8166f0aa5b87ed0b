#include <sndfile.h>

#include <algorithm>

#include "io/memory_file.h"
#include "io/refuse_file.h"
#include "io/riff.h"
#include "io/wav.h"

namespace drumgen {
namespace {

SampleFormat sample_format(int format, std::string_view place) {
    switch (format & SF_FORMAT_SUBMASK) {
        case SF_FORMAT_PCM_16:
            return SampleFormat::int16;
        case SF_FORMAT_PCM_24:
            return SampleFormat::int24;
        case SF_FORMAT_FLOAT:
            return SampleFormat::float32;
        default:
            refuse_file(place, "its samples are in a format that can't be read");
    }
}

StoredSamples read_samples(SNDFILE* file, const SF_INFO& info, std::string_view place) {
    StoredSamples samples;
    samples.format = sample_format(info.format, place);
    const auto frames = static_cast<std::size_t>(info.frames);
    const SndfileLibrary& library = sndfile_library();
    sf_count_t read = 0;
    if (samples.format == SampleFormat::float32) {
        samples.floats.resize(frames);
        read = library.read_float(file, samples.floats.data(), info.frames);
    } else {
        samples.integers.resize(frames);
        read = library.read_int(file, samples.integers.data(), info.frames);
        const int shift = samples.format == SampleFormat::int16 ? 16 : 8;
        std::for_each(samples.integers.begin(), samples.integers.end(),
                      [shift](std::int32_t& sample) { sample >>= shift; });
    }
    if (read != info.frames) {
        refuse_file(place, "the WAV file is truncated");
    }
    return samples;
}

/// The title in a LIST chunk of INFO; empty when there is none.
std::string title_in(std::span<const std::uint8_t> list) {
    constexpr std::string_view kind = "INFO";
    if (list.size() < kind.size() || !std::equal(kind.begin(), kind.end(), list.begin())) {
        return "";
    }
    ChunkWalk walk(list, kind.size());
    while (const std::optional<Chunk> chunk = walk.next()) {
        if (chunk->id == "INAM") {
            const std::string text(chunk->body.begin(), chunk->body.end());
            return text.substr(0, text.find('\0'));
        }
    }
    return "";
}

/// The root note in a smpl chunk, to the nearest, as sharp as it is flat.
void read_root_note(std::span<const std::uint8_t> sampler, WavTags& tags) {
    constexpr std::size_t note_at = 12;
    constexpr std::size_t fraction_at = 16;
    if (sampler.size() < fraction_at + 4) {
        return;
    }
    const auto note = static_cast<int>(std::min(number_at(sampler, note_at, 4), 127U));
    const std::uint64_t fraction = number_at(sampler, fraction_at, 4);  // of 2^32 of a semitone
    const int cents = note * 100 + static_cast<int>((fraction * 100 + (1U << 31)) >> 32);
    tags.root_note = (cents + 50) / 100;
    tags.root_cents = cents - *tags.root_note * 100;
}

/// All of them, of what checked_riff returned.
WavTags tags_in(std::span<const std::uint8_t> riff) {
    WavTags tags;
    tags.patch_json = patch_in(riff);
    tags.title = title_in(find_chunk(riff, "LIST"));
    read_root_note(find_chunk(riff, "smpl"), tags);
    return tags;
}

}  // namespace

std::string patch_in(std::span<const std::uint8_t> riff) {
    const std::span<const std::uint8_t> chunk = find_chunk(riff, patch_chunk_id);
    if (chunk.size() > max_wav_patch_bytes) {
        return "";
    }
    std::string text(chunk.begin(), chunk.end());
    text.resize(text.find_last_not_of(std::string_view(" \0", 2)) + 1);
    return text;
}

WavTags wav_tags(std::span<const std::uint8_t> bytes, std::string_view place) {
    return tags_in(checked_riff(bytes, place));
}

WavFile decode_wav(std::span<const std::uint8_t> bytes, std::string_view place) {
    const std::span<const std::uint8_t> riff = checked_riff(bytes, place);
    MemoryFile memory;
    memory.bytes = riff;
    SF_INFO info{};
    const Sndfile file = open_memory(memory, info);
    if (!file) {
        refuse_file(place, "not a WAV file that can be read: {}",
                    sndfile_library().strerror(nullptr));
    }
    // Frames can't be more than bytes; a count that is came from a hostile header.
    if (info.channels != 1 || info.frames < 0 ||
        static_cast<std::size_t>(info.frames) > riff.size() || info.samplerate < 1) {
        refuse_file(place, "not a mono WAV file that can be read");
    }
    WavFile wav;
    wav.rate_hz = static_cast<std::uint32_t>(info.samplerate);
    wav.samples = read_samples(file.get(), info, place);
    wav.tags = tags_in(riff);
    return wav;
}

}  // namespace drumgen

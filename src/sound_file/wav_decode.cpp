#include <sndfile.h>

#include <algorithm>

#include "sound_file/memory_file.h"
#include "sound_file/patch_place.h"
#include "sound_file/refuse_file.h"
#include "sound_file/riff.h"
#include "sound_file/sound_file.h"
#include "sound_file/wav.h"
#include "sound_file/wave_samples.h"

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
            refuse_file(place,
                        "its format does not keep samples exactly; only 16 or 24 bits and floats "
                        "can be compared");
    }
}

StoredSamples stored_samples(SNDFILE* file, const SF_INFO& info, std::string_view place) {
    StoredSamples samples;
    samples.format = sample_format(info.format, place);
    samples.channels = info.channels;
    const sf_count_t wanted = info.frames * info.channels;
    const auto count = static_cast<std::size_t>(wanted);
    const SndfileLibrary& library = sndfile_library();
    sf_count_t read = 0;
    if (samples.format == SampleFormat::float32) {
        samples.floats.resize(count);
        read = library.read_float(file, samples.floats.data(), wanted);
    } else {
        samples.integers.resize(count);
        read = library.read_int(file, samples.integers.data(), wanted);
        const int shift = samples.format == SampleFormat::int16 ? 16 : 8;
        std::for_each(samples.integers.begin(), samples.integers.end(),
                      [shift](std::int32_t& sample) { sample >>= shift; });
    }
    if (read != wanted) {
        refuse_file(place, "the file is truncated");
    }
    return samples;
}

/// A text, such as INAM, in the LIST chunk of INFO; empty when there is none.
std::string info_text(std::span<const std::uint8_t> riff, std::string_view id) {
    constexpr std::string_view kind = "INFO";
    ChunkWalk lists(riff);
    while (const std::optional<Chunk> list = lists.next()) {
        const std::span<const std::uint8_t> body = list->body;
        if (list->id != "LIST" || body.size() < kind.size() ||
            !std::equal(kind.begin(), kind.end(), body.begin())) {
            continue;
        }
        ChunkWalk texts(body, kind.size());
        while (const std::optional<Chunk> chunk = texts.next()) {
            if (chunk->id == id) {
                const std::string text(chunk->body.begin(), chunk->body.end());
                return text.substr(0, text.find('\0'));
            }
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

/// All of them.
WavTags tags_in(std::span<const std::uint8_t> riff) {
    WavTags tags;
    take_patch(riff, tags);
    tags.title = info_text(riff, "INAM");
    read_root_note(find_chunk(riff, "smpl"), tags);
    return tags;
}

}  // namespace

std::string without_padding(std::string_view patch_json) {
    return std::string(
        patch_json.substr(0, patch_json.find_last_not_of(std::string_view(" \0", 2)) + 1));
}

void take_patch(std::span<const std::uint8_t> riff, WavTags& tags) {
    std::string text;
    ChunkWalk walk(riff);
    while (const std::optional<Chunk> chunk = walk.next()) {
        if (chunk->id == patch_chunk_id && !chunk->is_cut() && text.empty()) {
            text.assign(chunk->body.begin(), chunk->body.end());
        }
    }
    text = without_padding(text);
    if (text.empty()) {
        text = info_text(riff, "ICMT");
        // Anybody's comment may stand there.
        text = text.starts_with('{') ? text : "";
        tags.is_from_comment = !text.empty();
    }
    tags.patch_json = text.size() > max_wav_patch_bytes ? "" : text;
}

WavTags wav_tags(std::span<const std::uint8_t> bytes) {
    return is_wave(bytes) ? tags_in(bytes) : WavTags{};
}

WavFile decode_wav(std::span<const std::uint8_t> bytes, std::string_view place) {
    const std::span<const std::uint8_t> riff = checked_riff(bytes, place);
    const WaveFormat format = own_format(find_chunk(riff, "fmt "), place);
    if (!has_plain_samples(format)) {
        refuse_file(place, "has {} bytes a frame; {}-bit samples have {}", format.frame_bytes,
                    format.bits, format.bits / 8);
    }
    WavFile wav;
    wav.rate_hz = format.rate_hz;
    wav.samples = stored_in(format, find_chunk(riff, "data"));
    wav.tags = tags_in(riff);
    return wav;
}

WavFile decode_sound(std::span<const std::uint8_t> bytes, std::string_view place) {
    if (is_wave(bytes) || !is_sound_file(bytes, "")) {
        return decode_wav(bytes, place);
    }
    MemoryFile memory{bytes};
    SF_INFO info{};
    const Sndfile file = open_memory(memory, info, no_sound_file, place);
    if (info.channels < 1 || info.channels > 2 || info.samplerate < 1 || info.frames < 0 ||
        info.frames > static_cast<sf_count_t>(max_measured_frames)) {
        refuse_file(
            place,
            "has {} channels and {} frames; a sound of ours has one or two channels and is short",
            info.channels, info.frames);
    }
    WavFile sound;
    sound.rate_hz = static_cast<std::uint32_t>(info.samplerate);
    sound.tags.patch_json = patch_in_sound(file.get(), bytes);
    sound.samples = stored_samples(file.get(), info, place);
    return sound;
}

}  // namespace drumgen

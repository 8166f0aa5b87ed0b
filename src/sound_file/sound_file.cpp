#include "sound_file/sound_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/text.h"
#include "sound_file/memory_file.h"
#include "sound_file/patch_place.h"
#include "sound_file/refuse_file.h"
#include "sound_file/riff.h"
#include "sound_file/wave_samples.h"

namespace drumgen {
namespace {

using Bytes = std::span<const std::uint8_t>;

/// A program that writes to a pipe can't know the sizes, and puts the largest there.
bool is_unknown(std::size_t size) {
    return size >= 0x7FFFF000;
}

/// The chunks of a WAV that hold the sound.
struct WaveChunks {
    Chunk format;
    Chunk data;
    WaveFormat told;
    /// Why libsndfile needs them in another WAV; none: it does not.
    std::vector<std::string> notes;
};

/// Finds out of a WAV what libsndfile would pass over or tell less well of. Throws Error (invalid).
WaveChunks checked_wave(Bytes bytes, std::string_view place) {
    std::optional<Chunk> format;
    std::optional<Chunk> data;
    ChunkWalk walk(bytes);
    while (const std::optional<Chunk> chunk = walk.next()) {
        auto& known = chunk->id == "fmt " ? format : data;
        if ((chunk->id == "fmt " || chunk->id == "data") && !known) {
            known = chunk;
        }
    }
    if (!format || !data) {
        refuse_file(place, "the WAV file holds no samples (no \"{}\" chunk)",
                    format ? "data" : "fmt ");
    }
    WaveChunks chunks{*format, *data, wave_format(format->body, place), {}};
    const auto note = [&](const std::string& text) {
        chunks.notes.push_back(message(place, "", text));
    };
    // A stream that could not go back to tell how long it became.
    const std::size_t told = std::size_t{number_at(bytes, 4, 4)} + chunk_header_bytes;
    const bool is_left_open = data->size == 0 && told != bytes.size();
    if (is_left_open) {
        chunks.data.body = bytes.subspan(data->at + chunk_header_bytes);
    }
    if (is_left_open || (data->is_cut() && is_unknown(data->size))) {
        note("is a stream that does not tell its length; all of it is taken");
    } else if (data->is_cut()) {
        note(
            formatted("the WAV file is truncated: its \"data\" chunk says {} bytes, and {} are "
                      "left, which are taken",
                      data->size, data->body.size()));
    }
    if (walk.lacks_padding()) {
        note("a chunk of odd length has no byte of padding");
    }
    return chunks;
}

/// The same sound in a WAV that says how long it is.
std::vector<std::uint8_t> with_size(const Chunk& format, const Chunk& data) {
    std::vector<std::uint8_t> bytes;
    const auto put = [&bytes](std::string_view text) {
        bytes.insert(bytes.end(), text.begin(), text.end());
    };
    const auto put_size = [&bytes](std::size_t size) { put_little_endian(bytes, size, 4); };
    const auto put_chunk = [&](std::string_view id, Bytes body) {
        put(id);
        put_size(body.size());
        bytes.insert(bytes.end(), body.begin(), body.end());
        if (body.size() % 2 != 0) {
            bytes.push_back(0);
        }
    };
    put("RIFF");
    put_size(4 + 2 * chunk_header_bytes + format.body.size() + data.body.size());
    put("WAVE");
    put_chunk("fmt ", format.body);
    put_chunk("data", data.body);
    return bytes;
}

/// What is read of a file.
struct Reading {
    Channels channels;
    std::size_t most_frames;
};

/// One channel or two, collected from frames as they come.
class Collected {
public:
    /// place      for messages
    Collected(std::size_t channels, const Reading& wanted, std::string_view place)
        : channels_(channels), wanted_(wanted.channels), most_(wanted.most_frames), place_(place) {}

    /// Is that more than may be?
    [[nodiscard]] bool is_too_long() const { return samples.size() > most_; }

    /// sample   gives that of a channel of the next frame
    template <class Sample>
    void take(const Sample& sample) {
        float taken = sample(0);
        const bool takes_both = wanted_ != Channels::mean && channels_ == 2;
        if (wanted_ != Channels::both && !takes_both) {
            for (std::size_t channel = 1; channel < channels_; ++channel) {
                taken += sample(channel);
            }
            taken /= static_cast<float>(channels_);
        }
        put(samples, taken);
        if (takes_both) {
            put(right, sample(1));
        }
    }

    /// frames   that the file says to have
    void check_length(std::size_t frames) const {
        if (std::max(samples.size(), frames) > most_) {
            refuse_file(place_, "holds {} frames; at most {} can be measured",
                        std::max(samples.size(), frames), most_);
        }
    }

    /// What was collected.
    [[nodiscard]] Sound sound(double rate_hz) {
        return {std::move(samples), rate_hz, std::move(right)};
    }

    Signal samples;
    Signal right;

private:
    void put(Signal& channel, float sample) const {
        if (!std::isfinite(sample)) {
            refuse_file(place_, "sample {} is not a finite number", channel.size());
        }
        channel.push_back(sample);
    }

    std::size_t channels_;
    Channels wanted_;
    std::size_t most_;
    std::string_view place_;
};

/// Of a file that is open.
Sound collected(SNDFILE* file, const SF_INFO& info, const Reading& wanted, std::string_view place) {
    constexpr sf_count_t frames_at_once = 4096;
    const SndfileLibrary& library = sndfile_library();
    const auto channels = static_cast<std::size_t>(info.channels);
    std::vector<float> some(static_cast<std::size_t>(frames_at_once) * channels);
    Collected channel(channels, wanted, place);
    // Compressed files may not know their length.
    while (const sf_count_t read = library.readf_float(file, some.data(), frames_at_once)) {
        for (std::size_t k = 0; k < static_cast<std::size_t>(read); ++k) {
            channel.take([&](std::size_t c) { return some[k * channels + c]; });
        }
        if (channel.is_too_long()) {
            channel.check_length(static_cast<std::size_t>(info.frames));
        }
    }
    return channel.sound(info.samplerate);
}

/// Of a WAV with plain samples.
Sound collected(const WaveFormat& format, Bytes data, const Reading& wanted,
                std::string_view place) {
    const std::size_t frames = frames_in(format, data.size());
    Collected channel(format.channels, wanted, place);
    channel.check_length(frames);
    channel.samples.reserve(frames);
    for (std::size_t k = 0; k < frames; ++k) {
        channel.take(
            [&](std::size_t c) { return sample_of(format, data, k * format.channels + c); });
    }
    return channel.sound(format.rate_hz);
}

/// What libsndfile makes of a file, or of the bytes that stand for it.
///   refusal, remedy   what to say when it can't
SoundFile read_by_library(Bytes bytes, const Reading& wanted, std::string_view refusal,
                          std::string_view place, std::string_view remedy) {
    constexpr int most_channels = 1024;  // libsndfile's own limit
    MemoryFile memory{bytes};
    SF_INFO info{};
    const Sndfile file = open_memory(memory, info, refusal, place, remedy);
    if (info.channels < 1 || info.channels > most_channels || info.samplerate < 1) {
        refuse_file(place, "has {} channels at {} Hz", info.channels, info.samplerate);
    }
    SoundFile sound;
    sound.channels = info.channels;
    sound.sound = collected(file.get(), info, wanted, place);
    const auto frames = static_cast<sf_count_t>(sound.sound.samples.size());
    if (frames > 0 && info.frames > frames && info.frames < SF_COUNT_MAX) {
        sound.notes.push_back(
            message(place, "",
                    formatted("is truncated: it says {} frames, and {} are left, which are taken",
                              info.frames, frames)));
    }
    if (!is_wave(bytes)) {
        sound.patch_json = patch_in_sound(file.get(), bytes);
    }
    return sound;
}

/// A WAV of anybody's.
SoundFile read_wave(Bytes bytes, const Reading& wanted, std::string_view place) {
    const auto [format, data, told, notes] = checked_wave(bytes, place);
    SoundFile sound;
    if (has_plain_samples(told)) {
        sound.channels = static_cast<int>(told.channels);
        sound.sound = collected(told, data.body, wanted, place);
    } else {
        const std::vector<std::uint8_t> sized =
            notes.empty() ? std::vector<std::uint8_t>() : with_size(format, data);
        const bool is_plain = told.tag == format_pcm || told.tag == format_float;
        sound = read_by_library(
            notes.empty() ? bytes : Bytes(sized), wanted,
            formatted("libsndfile can't read this WAV file, which holds {}", name_of(told)), place,
            is_plain ? "" : "; make it PCM with another program, such as ffmpeg");
    }
    sound.notes.insert(sound.notes.begin(), notes.begin(), notes.end());
    sound.patch_json = wav_tags(bytes).patch_json;
    return sound;
}

}  // namespace

bool is_sound_file(Bytes bytes, std::string_view path) {
    // The last ones are frames of MP3 without tags.
    constexpr std::array<std::string_view, 13> beginnings{
        "RIFF", "RIFX", "RF64",     "riff",     "fLaC",     "FORM",    "OggS",
        "caff", "ID3",  "\xff\xfb", "\xff\xf3", "\xff\xf2", "\xff\xfa"};
    constexpr std::array<std::string_view, 13> endings{".wav", ".flac", ".aif",  ".aiff", ".aifc",
                                                       ".ogg", ".oga",  ".opus", ".mp3",  ".caf",
                                                       ".w64", ".rf64", ".au"};
    const std::string_view text = text_in(bytes);
    const std::string name = in_lower_case(path);
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [text](std::string_view begin) { return text.starts_with(begin); }) ||
           std::any_of(endings.begin(), endings.end(),
                       [&name](std::string_view end) { return name.ends_with(end); });
}

SoundFile read_sound(Bytes bytes, std::string_view place, Channels channels,
                     std::size_t most_frames) {
    const Reading wanted{channels, most_frames};
    SoundFile sound = is_wave(bytes) ? read_wave(bytes, wanted, place)
                                     : read_by_library(bytes, wanted, no_sound_file, place, "");
    if (sound.sound.samples.empty()) {
        refuse_file(place, "holds no samples");
    }
    if (const std::string problem = rate_problem(sound.sound.sample_rate_hz); !problem.empty()) {
        refuse_file(place, "{}; resample it with another program, such as sox", problem);
    }
    return sound;
}

WavTags carried_patch(Bytes bytes, std::string_view place) {
    const bool is_riff = is_wave(bytes);
    WavTags tags;
    if (is_riff) {
        tags = wav_tags(bytes);
    } else {
        tags.patch_json = patch_in_sound(bytes);
    }
    if (!tags.patch_json.empty()) {
        return tags;
    }
    if (is_riff) {
        // A broken one has lost it there.
        (void)checked_riff(bytes, place);
    } else {
        MemoryFile memory{bytes};
        SF_INFO info{};
        (void)open_memory(memory, info, no_sound_file, place);
    }
    refuse_file(
        place,
        "holds no patch: drumgen did not write it, or a program that wrote it again, as sox "
        "and flac do, left the patch out; ffmpeg and sndfile-convert keep it in WAV and FLAC");
}

Signal as_signal(const StoredSamples& samples) {
    if (samples.format == SampleFormat::float32) {
        return {samples.floats.begin(), samples.floats.end()};
    }
    const float scale = samples.format == SampleFormat::int16 ? 1.0F / 32768 : 1.0F / 8388608;
    Signal signal(samples.integers.size());
    std::transform(samples.integers.begin(), samples.integers.end(), signal.begin(),
                   [scale](std::int32_t sample) { return static_cast<float>(sample) * scale; });
    return signal;
}

Sound as_sound(const StoredSamples& samples, double rate_hz) {
    Signal all = as_signal(samples);
    if (samples.channels != 2) {
        return {std::move(all), rate_hz};
    }
    Sound sound{Signal(all.size() / 2), rate_hz, Signal(all.size() / 2)};
    for (std::size_t k = 0; k < sound.frames(); ++k) {
        sound.samples[k] = all[2 * k];
        sound.right[k] = all[2 * k + 1];
    }
    return sound;
}

}  // namespace drumgen

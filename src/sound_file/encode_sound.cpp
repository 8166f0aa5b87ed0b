#include <sndfile.h>

#include <string>
#include <utility>

#include "base/text.h"
#include "drumgen/error.h"
#include "sound_file/memory_file.h"
#include "sound_file/ogg.h"
#include "sound_file/patch_place.h"
#include "sound_file/sound_format.h"

namespace drumgen {
namespace {

[[noreturn]] void fail(const SoundFormat& format, std::string_view reason) {
    throw Error(Status::failed, formatted("cannot make {}: {}", format.title, reason));
}

int subtype_of(SampleFormat samples) {
    switch (samples) {
        case SampleFormat::int16:
            return SF_FORMAT_PCM_16;
        case SampleFormat::int24:
            return SF_FORMAT_PCM_24;
        case SampleFormat::float32:
            break;
    }
    return SF_FORMAT_FLOAT;
}

/// Ours stand in the low bits of each integer, and libsndfile wants them in the high ones.
sf_count_t write_integers(SNDFILE* file, StoredSamples stored) {
    const int bits = stored.format == SampleFormat::int16 ? 16 : 24;
    for (std::int32_t& sample : stored.integers) {
        sample = static_cast<std::int32_t>(static_cast<std::uint32_t>(sample) << (32 - bits));
    }
    return sndfile_library().write_int(file, stored.integers.data(),
                                       static_cast<sf_count_t>(stored.integers.size()));
}

std::vector<std::uint8_t> with_library(const SoundFormat& format, const Frames& frames,
                                       SampleFormat samples_as, std::uint32_t rate_hz,
                                       const WavTags& tags) {
    const SndfileLibrary& library = sndfile_library();
    SF_INFO info{};
    info.samplerate = static_cast<int>(rate_hz);
    info.channels = frames.channels;
    info.format = format.library_type | (format.is_lossless ? subtype_of(samples_as) : 0);
    if (library.format_check(&info) == SF_FALSE) {
        fail(format, "the libsndfile of this machine can't write it");
    }
    MemorySink sink;
    Sndfile file = create_in_memory(sink, info);
    if (!file) {
        fail(format, library.strerror(nullptr));
    }
    // It would tell the time.
    library.command(file.get(), SFC_SET_ADD_PEAK_CHUNK, nullptr, SF_FALSE);
    put_patch(file.get(), info.format, tags.title, tags.patch_json);
    const auto count = static_cast<sf_count_t>(frames.samples.size());
    const sf_count_t written = samples_in(format, samples_as) != SampleFormat::float32
                                   ? write_integers(file.get(), quantise(frames, samples_as))
                                   : library.write_float(file.get(), frames.samples.data(), count);
    if (written != count || library.close(file.release()) != SF_ERR_NO_ERROR) {
        fail(format, "libsndfile did not write all of it");
    }
    return std::move(sink.bytes);
}

}  // namespace

std::vector<std::uint8_t> encode_sound(const SoundFormat& format, const Frames& frames,
                                       SampleFormat samples_as, std::uint32_t rate_hz,
                                       const WavTags& tags) {
    if (format.library_type == SF_FORMAT_WAV) {
        return encode_wav(frames, samples_as, rate_hz, tags);
    }
    if (format.library_type == SF_FORMAT_RF64) {
        return encode_wav(frames, samples_as, rate_hz, tags, RiffForm::rf64);
    }
    std::vector<std::uint8_t> bytes = with_library(format, frames, samples_as, rate_hz, tags);
    if (format.library_type == SF_FORMAT_W64 && !tags.patch_json.empty()) {
        insert_wave64_patch(bytes, tags.patch_json);
    }
    if (is_ogg(bytes)) {
        set_ogg_serial(bytes);
    }
    if (patch_in_sound(bytes) != tags.patch_json) {
        fail(format, "its patch does not read back");
    }
    return bytes;
}

}  // namespace drumgen

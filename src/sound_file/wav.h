#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/choice.h"
#include "drumgen/render.h"

namespace drumgen {

enum class SampleFormat { int16, int24, float32 };

/// The formats by their bits, as options and manifests call them.
inline constexpr std::array sample_format_choices{Choice{"16", SampleFormat::int16},
                                                  Choice{"24", SampleFormat::int24},
                                                  Choice{"32f", SampleFormat::float32}};

/// What a WAV of ours holds besides the samples.
struct WavTags {
    std::string patch_json;        ///< the patch that made it, at most max_wav_patch_bytes
    std::string title;             ///< may be empty
    std::optional<int> root_note;  ///< MIDI key 0..127
    int root_cents = 0;            ///< fine tuning -50..50
    bool is_from_comment = false;  ///< the patch's own chunk is gone, and its comment is left

    [[nodiscard]] bool any() const noexcept {
        return !patch_json.empty() || !title.empty() || root_note.has_value();
    }
};

inline constexpr std::size_t max_wav_patch_bytes = 32 * 1024;

/// Longest text that is written as a comment beside the patch's own chunk: of a longer one libsndfile
/// reads nothing, and of an AIFF with 10 000 bytes not even the samples.
inline constexpr std::size_t max_comment_bytes = 4000;

/// Samples of one or more channels, those of a frame beside each other. From plain samples: of one.
struct Frames {
    template <class Samples>
    Frames(const Samples& all, int of_channels = 1)  // NOLINT(google-explicit-constructor)
        : samples(all), channels(of_channels) {}

    std::span<const float> samples;
    int channels;

    [[nodiscard]] std::size_t count() const noexcept {
        return samples.size() / static_cast<std::size_t>(channels);
    }
};

/// A sound's samples as files have them.
class Interleaved {
public:
    /// `sound` must outlive it.
    explicit Interleaved(const Sound& sound);

    [[nodiscard]] Frames frames() const noexcept {
        return {sound_.is_stereo() ? both_ : sound_.samples, sound_.channels()};
    }

private:
    const Sound& sound_;
    Signal both_;  // of one channel empty
};

/// Samples as stored: integers for int16 and int24 (in the low bits), or floats.
struct StoredSamples {
    SampleFormat format = SampleFormat::int24;
    int channels = 1;
    std::vector<std::int32_t> integers;
    std::vector<float> floats;

    [[nodiscard]] std::size_t frames() const noexcept {
        return (integers.size() + floats.size()) / static_cast<std::size_t>(channels);
    }
};

struct WavFile {
    std::uint32_t rate_hz = 48000;
    StoredSamples samples;
    WavTags tags;
};

/// Rounds to nearest, ties to even, without dither; full scale is 2^15 or 2^23, saturating. float32
/// is taken as it is.
[[nodiscard]] StoredSamples quantise(const Frames& frames, SampleFormat format);

/// Canonical little-endian bytes of the samples: 2, 3 or 4 bytes each. What hashes are made of.
[[nodiscard]] std::vector<std::uint8_t> canonical_bytes(const StoredSamples& samples);

/// The same bytes as canonical_bytes(quantise(samples, format)), made without what is between.
///   out   2, 3 or 4 bytes a sample
void write_canonical(std::span<const float> samples, SampleFormat format,
                     std::span<std::uint8_t> out);

/// Bytes of a stored sample.
[[nodiscard]] std::size_t sample_bytes(SampleFormat format);

/// What a WAV begins with: RF64 has room for sizes beyond 4 GiB. Source: EBU Tech 3306.
enum class RiffForm { riff, rf64 };

/// A whole WAV file in memory. The tags of a RIFF come behind the samples, which many readers
/// expect in the second chunk; without any tags there is nothing but `fmt ` and `data`, whatever the samples.
/// Reads its patch back before it returns. Throws Error (failed).
[[nodiscard]] std::vector<std::uint8_t> encode_wav(const Frames& frames, SampleFormat format,
                                                   std::uint32_t rate_hz, const WavTags& tags,
                                                   RiffForm form = RiffForm::riff);

/// The chunk that holds a patch. Lower-case names are for anybody to use.
inline constexpr std::string_view patch_chunk_id = "drmg";

/// A patch as a chunk has it, without the spaces and zeros behind it.
[[nodiscard]] std::string without_padding(std::string_view patch_json);

/// Puts the patch of a RIFF form into the tags, without its padding: that of our chunk or, where a
/// program has left that out, of the comment. Takes none that is too long to be ours.
void take_patch(std::span<const std::uint8_t> riff, WavTags& tags);

/// What a WAV of ours or anybody's holds besides its samples, as far as it can be read, without a
/// library; nothing when it is no WAV.
[[nodiscard]] WavTags wav_tags(std::span<const std::uint8_t> bytes);

/// The whole of a WAV of one or two channels that is whole. Throws Error (invalid).
[[nodiscard]] WavFile decode_wav(std::span<const std::uint8_t> bytes, std::string_view place);

/// The same of a file of any lossless format. Throws Error (invalid).
[[nodiscard]] WavFile decode_sound(std::span<const std::uint8_t> bytes, std::string_view place);

}  // namespace drumgen

#include "input/comparison.h"

#include <algorithm>
#include <cstdint>

#include "base/text.h"
#include "drumgen/error.h"
#include "drumgen/render.h"
#include "sound_file/sound_file.h"

namespace drumgen {
namespace {

/// The first place where two sequences of bytes differ, in frames; none when one starts the other.
std::optional<std::size_t> first_difference(const StoredSamples& left, const StoredSamples& right) {
    const std::vector<std::uint8_t> a = canonical_bytes(left);
    const std::vector<std::uint8_t> b = canonical_bytes(right);
    const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (in_a == a.end() || in_b == b.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(in_a - a.begin()) / (a.size() / left.frames());
}

}  // namespace

Comparison compare_with_patch(const WavFile& file, const Patch& patch) {
    if (patch.version != sound_version) {
        return {formatted("made with sound version {}, this is {}", patch.version, sound_version)};
    }
    const Resolved resolved = resolve(patch);
    const Sound sound = render(resolved);
    const auto rate_hz = static_cast<std::uint32_t>(sound.sample_rate_hz);
    if (file.rate_hz != rate_hz) {
        return {formatted("{} Hz, not {}", file.rate_hz, rate_hz)};
    }
    if (file.samples.channels != sound.channels()) {
        return {sound.is_stereo() ? "one channel, not two" : "two channels, not one"};
    }
    const StoredSamples again = quantise(Interleaved(sound).frames(), file.samples.format);
    if (const auto frame = first_difference(file.samples, again)) {
        return {formatted("from frame {}", *frame), frame};
    }
    if (const std::size_t frames = file.samples.frames(); frames != sound.frames()) {
        return {formatted("{} frames, not {}", frames, sound.frames())};
    }
    return {};
}

std::string comment_note(std::span<const std::uint8_t> bytes, const std::string& place,
                         const Patch& patch) {
    std::string found;
    try {
        const Comparison comparison = compare_with_patch(decode_sound(bytes, place), patch);
        found = comparison.difference.empty()
                    ? "its samples are those of the patch"
                    : "its samples are not those of the patch: " + comparison.difference;
    } catch (const Error&) {
        found = "its samples can't be compared with those of the patch";
    }
    return message(place, "",
                   "a program that wrote it again has left only the comment of the patch, which is "
                   "taken; " +
                       found);
}

}  // namespace drumgen

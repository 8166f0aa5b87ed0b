#include "session/recording_file.h"

#include "base/text.h"
#include "base/utf8.h"
#include "drumgen/error.h"
#include "input/patch_arguments.h"
#include "param/patch_keys.h"
#include "sound_file/sound_file.h"
#include "system/file.h"
#include "system/output_file.h"
#include "system/path.h"

namespace drumgen {
namespace {

/// Largest file that a recording is read from.
constexpr std::size_t max_recording_bytes = std::size_t{512} << 20;

/// Longest recording: 11 minutes at 48 kHz.
constexpr std::size_t max_recording_frames = std::size_t{1} << 25;

[[noreturn]] void refuse(const std::string& place, const std::string& problem) {
    throw Error(Status::invalid, message(place, "", problem));
}

}  // namespace

Recording read_recording(const std::string& word, double sensitivity,
                         std::vector<std::string>& notes) {
    const std::string place = input_place(word);
    SoundFile file = read_sound(read_file(word, max_recording_bytes), place, Channels::both_or_mean,
                                max_recording_frames);
    notes.insert(notes.end(), file.notes.begin(), file.notes.end());
    const double rate = file.sound.sample_rate_hz;
    if (rate < lowest_recording_hz || rate > highest_recording_hz) {
        refuse(place, formatted("has {} samples a second, which is not {} to {}",
                                number_to_text(rate), number_to_text(lowest_recording_hz),
                                number_to_text(highest_recording_hz)));
    }
    Recording recording{mid_of(file.sound), side_of(file.sound), {}};
    if (const double offset = take_out_offset(recording.sound); offset != 0) {
        notes.push_back(message(
            place, "", formatted("has a DC offset of {}, which is taken out", fixed(offset, 4))));
    }
    recording.hits = find_hits(recording.sound, sensitivity);
    if (recording.hits.empty()) {
        refuse(place, file.channels > 1
                          ? "is silent, or its channels cancel each other out; there is no hit"
                          : "is silent; there is no hit to match");
    }
    return recording;
}

std::string recording_name(const std::string& word, std::size_t hit) {
    if (word == pipe_name) {
        return "";
    }
    const std::string stem = stem_of(word);
    std::string name;
    std::size_t count = 0;
    constexpr std::size_t most = patch_keys::max_name_length - 8;
    for (const Character& letter : characters_of(stem)) {
        if (letter.is_valid && !letter.is_control() && count < most) {
            name += letter.bytes;
            ++count;
        }
    }
    return hit > 1 ? formatted("{}-{}", name, hit) : name;
}

}  // namespace drumgen

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

}  // namespace

Recording read_recording(const std::string& word, double sensitivity,
                         std::vector<std::string>& notes) {
    const std::string place = input_place(word);
    SoundFile file = read_sound(read_file(word, max_recording_bytes), place, Channels::both_or_mean,
                                max_recording_frames);
    notes.insert(notes.end(), file.notes.begin(), file.notes.end());
    return recording_of(file.sound, sensitivity, place, notes);
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

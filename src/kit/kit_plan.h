#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "drumgen/kit.h"
#include "measure/features.h"
#include "sound_file/wav.h"

namespace drumgen {

/// Of MIDI.
inline constexpr double top_velocity = 127;

/// One WAV of a kit.
struct KitSample {
    std::string file;  ///< path in the kit, with /
    Patch patch;

    // Known once it is rendered.
    std::vector<std::uint8_t> wav{};
    std::string sha256{};  ///< of the canonical bytes of the samples
    std::size_t frames = 0;
    int channels = 1;
    double rate_hz = 0;
};

/// What a slot plays when it is hit within these velocities.
struct KitLayer {
    int low_velocity = 1;  ///< MIDI, both ends included; the highest is what it is rendered at
    int high_velocity = 127;
    std::vector<KitSample> cycle{};  ///< hits one after the other play these in turn; one at least
};

/// One slot with all that players need.
struct KitVoice {
    std::string name;
    std::string stem;  ///< of its files: letters, digits, '.', '_', '-'
    Patch patch;       ///< hit with full force
    int key = 0;
    std::vector<int> more_keys{};  ///< of drums that the kit has not, whose nearest relative it is
    int choke = 0;
    double gain_db = 0;  ///< that the slot asks for
    double pan = 0;
    std::vector<KitLayer> layers{};  ///< softest first, from velocity 1 to 127 without a gap

    // Known once it is rendered.
    double level_db = 0;       ///< what its samples were turned down by
    double loudness_lufs = 0;  ///< of the first sample of the loudest layer as it was written
    Features features{};       ///< of the same
};

/// Which keys a kit answers to.
enum class AnsweredKeys {
    all_drums,  ///< those of its slots, and all others that have a drum in General MIDI
    own,        ///< those of its slots
};

/// A kit that is to be written, in the order of its keys.
struct KitPlan {
    std::string name;
    std::string stem;  ///< name as a file's
    SampleFormat format = SampleFormat::int24;
    bool is_described = false;  ///< with all features, the spectral ones too
    int velocities = 1;
    int round_robins = 1;
    AnsweredKeys answered = AnsweredKeys::all_drums;
    std::vector<KitVoice> voices{};
};

/// How many WAVs it has.
[[nodiscard]] std::size_t sample_count(const KitPlan& plan);

/// Linear gain of a hit within a layer beside one with the layer's highest velocity, as the engine
/// has it. What players do between layers.
[[nodiscard]] double gain_in_layer(const KitLayer& layer, int velocity);

/// Gives every slot its key, choke group and files.
///   kit   as check_kit passes it
[[nodiscard]] KitPlan plan_kit(const Kit& kit, SampleFormat format,
                               AnsweredKeys answered = AnsweredKeys::all_drums);

/// Gives a voice other layers.
///   highest        velocity of each, rising, the last 127
///   round_robins   hits of each layer
void give_layers(KitVoice& voice, const std::vector<int>& highest, int round_robins);

/// The key of a voice, and what else it answers to, in their order.
[[nodiscard]] std::vector<int> keys_of(const KitVoice& voice);

/// A name as that of a file on any system: other letters become '_', a name that Windows keeps for
/// devices gets one more. At most 64 bytes, never empty.
[[nodiscard]] std::string file_stem(std::string_view name);

}  // namespace drumgen

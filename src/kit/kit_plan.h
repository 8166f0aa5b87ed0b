#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "drumgen/kit.h"
#include "explore/features.h"
#include "io/wav.h"

namespace drumgen {

/// One WAV of a kit: what a slot plays when it is hit within these velocities.
struct KitSample {
    std::string file;  ///< path in the kit, with /
    Patch patch;
    int low_velocity = 1;  ///< MIDI, both ends included
    int high_velocity = 127;
    int round_robin = 1;  ///< place in the cycle of hits, from 1

    // Known once it is rendered.
    std::vector<std::uint8_t> wav{};
    std::string sha256{};  ///< of the canonical bytes of the samples
    std::size_t frames = 0;
    double rate_hz = 0;
};

/// One slot with all that players need.
struct KitVoice {
    std::string name;
    std::string stem;  ///< of its files: letters, digits, '.', '_', '-'
    Patch patch;       ///< hit with full force
    int key = 0;
    int choke = 0;
    double gain_db = 0;  ///< that the slot asks for
    double pan = 0;
    std::vector<KitSample> samples{};  ///< softest first, each layer with its whole cycle

    // Known once it is rendered.
    double level_db = 0;       ///< what its samples were turned down by
    double loudness_lufs = 0;  ///< of the loudest sample as it was written
    Features features{};       ///< of the same
};

/// A kit that is to be written, in the order of its keys.
struct KitPlan {
    std::string name;
    std::string stem;  ///< name as a file's
    SampleFormat format = SampleFormat::int24;
    bool is_described = false;  ///< with all features, the spectral ones too
    std::vector<KitVoice> voices{};
};

/// Gives every slot its key, choke group and files.
///   kit   as check_kit passes it
[[nodiscard]] KitPlan plan_kit(const Kit& kit, SampleFormat format);

/// A name as that of a file on any system: other letters become '_', a name that Windows keeps for
/// devices gets one more. At most 64 bytes, never empty.
[[nodiscard]] std::string file_stem(std::string_view name);

}  // namespace drumgen

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "drumgen/instrument.h"
#include "drumgen/parameter.h"

namespace drumgen {

/// Raised by every change that alters a sample; CHANGELOG.md says what changed.
inline constexpr int sound_version = 5;

enum class Quality { draft, high };
enum class Level { true_peak, none, loudness };
enum class Style { clean, gritty, aggro, airy };

/// How a patch is rendered. The defaults stand here and nowhere else; render_parameters() takes
/// them from here.
struct RenderSettings {
    double rate_hz = 48000;
    std::optional<double> duration_s;  ///< absent: until the sound has fallen 60 dB
    Quality quality = Quality::high;
    double velocity = 1;
    Level level = Level::true_peak;
    double loudness_target_lufs = -14;  ///< where the level is a loudness
    Style style = Style::clean;
    std::optional<double> transient_db;  ///< absent: the style's
    std::optional<double> drive_db;      ///< absent: the style's
    std::optional<double> tilt_db;       ///< absent: the style's
    std::optional<double> low_cut_hz;    ///< absent: none
    std::optional<double> high_cut_hz;   ///< absent: none
    std::optional<double> gain_db;       ///< absent: 0
    std::optional<double> width;         ///< absent, or 0: one channel
};

/// The table of the `render` object of a patch.
[[nodiscard]] std::span<const Parameter> render_parameters();

/// A sound's description: what was stated, and nothing else. Plain value.
struct Patch {
    const Instrument* instrument = nullptr;
    std::uint64_t seed = 0;
    Values params;                         ///< one entry for each of instrument->parameters
    Values render;                         ///< one entry for each of render_parameters()
    std::string name;                      ///< title, such as a preset's name; may be empty
    int version = sound_version;           ///< sound version that the patch was made with
    std::optional<std::uint64_t> index{};  ///< place in a data set; names files, changes no sample
};

/// A patch with nothing stated, so every value is derived or standard.
[[nodiscard]] Patch empty_patch(const Instrument& instrument);

/// A patch with every value known, and where each came from. Layer rows that nothing states and no
/// macro implies have the table's default.
struct Resolved {
    const Instrument* instrument = nullptr;
    std::uint64_t seed = 0;
    std::vector<Value> params;  ///< one for each row of the instrument's table
    RenderSettings render;
};

/// Fills in what the patch leaves open. The patch's values must be inside their ranges.
[[nodiscard]] Resolved resolve(const Patch& patch);

}  // namespace drumgen

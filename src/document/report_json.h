#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "drumgen/patch.h"

namespace drumgen {

/// What --json tells of a rendered sound.
struct RenderReport {
    std::string path;  ///< empty: written nowhere
    const Patch* patch = nullptr;
    const Resolved* resolved = nullptr;

    /// What is known only when it was rendered.
    struct Measured {
        std::string sha256;  ///< of the canonical bytes of the samples
        std::size_t frames = 0;
        int channels = 1;
        double rate_hz = 0;
        double peak = 0;  ///< largest magnitude, full scale is 1
    };
    std::optional<Measured> measured{};
    std::string description{};  ///< JSON of the sound's features; empty when nobody asked
};

/// One line of JSON: path, what was measured, the patch, and under "values" each resolved value
/// with its unit and where it came from.
[[nodiscard]] std::string report_json(const RenderReport& report);

}  // namespace drumgen

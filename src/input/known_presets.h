#pragma once

#include <string>
#include <vector>

namespace drumgen {

/// The presets that are known, a line each: name, loudness, and what it is for.
///   wanted   instruments; empty: all
[[nodiscard]] std::string known_presets_text(const std::vector<std::string>& wanted);

}  // namespace drumgen

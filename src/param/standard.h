#pragma once

#include <optional>
#include <vector>

#include "drumgen/instrument.h"

namespace drumgen {

/// What stands for each row of an instrument when nothing is stated; empty where it follows from
/// the macros.
[[nodiscard]] std::vector<std::optional<double>> standards_of(const Instrument& instrument);

/// The same for render_parameters(); empty where absence has a meaning of its own.
[[nodiscard]] std::vector<std::optional<double>> render_standards();

}  // namespace drumgen

#pragma once

#include <string>

#include "drumgen/instrument.h"

namespace drumgen {

/// JSON Schema (draft-07) of an instrument's parameters in the flat form, with an optional seed.
/// Indented, ends with a newline.
[[nodiscard]] std::string instrument_schema(const Instrument& instrument);

/// JSON Schema (draft-07) of a patch in the full form; the instrument decides which parameters
/// hold.
[[nodiscard]] std::string patch_schema();

/// JSON Schema (draft-07) of a kit: names of sounds, each with its patch and what players need.
[[nodiscard]] std::string kit_schema();

}  // namespace drumgen

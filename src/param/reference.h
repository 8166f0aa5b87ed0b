#pragma once

#include <string>

#include "drumgen/instrument.h"

namespace drumgen {

/// The command-line flag of a row: "--punch-decay".
[[nodiscard]] std::string flag_name(const Parameter& row);

/// One line of help for a flag: "Pitch the punch settles to (30..80 Hz, default 45)".
///   row   of the instrument's table, or of render_parameters() without an instrument
[[nodiscard]] std::string flag_help(const Instrument& instrument, const Parameter& row);
[[nodiscard]] std::string flag_help(const Parameter& row);

/// The tables of an instrument, of its rendering and the seed: for a terminal, as Markdown, and as
/// the scdoc source of drumgen-INSTRUMENT(7).
[[nodiscard]] std::string reference_text(const Instrument& instrument);
[[nodiscard]] std::string reference_markdown(const Instrument& instrument);
[[nodiscard]] std::string reference_man(const Instrument& instrument);

/// The tables as one JSON object, every column of every row; a default that follows from the macros
/// is null.
[[nodiscard]] std::string parameter_json(const Instrument& instrument);

}  // namespace drumgen

#pragma once

#include <optional>
#include <string_view>

#include "drumgen/patch.h"
#include "param/state.h"

namespace drumgen {

/// The pitch of a note ("F#1", "Bb0"; C4 is MIDI key 60, A4 440 Hz) or of a number of Hz ("46.25",
/// "46.25Hz"); no value when the text is neither.
[[nodiscard]] std::optional<double> pitch_from_text(std::string_view text);

/// Tunes the patch by such a text: states the macro that the instrument is tuned by.
void state_note_text(Patch& patch, std::string_view text, Stating& stating);

}  // namespace drumgen

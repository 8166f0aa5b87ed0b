#include "param/note.h"

#include <array>
#include <optional>
#include <string>

#include "base/text.h"
#include "base/units.h"
#include "param/state.h"

namespace drumgen {

namespace {

/// Semitones above C of the letters A to G.
constexpr std::array<int, 7> semitones{9, 11, 0, 2, 4, 5, 7};

/// MIDI key of a note such as "F#1", in scientific pitch notation.
std::optional<int> key_from_note(std::string_view text) {
    if (text.size() < 2) {
        return {};
    }
    const char letter = static_cast<char>(text[0] & ~0x20);  // upper case
    if (letter < 'A' || letter > 'G') {
        return {};
    }
    int key = semitones[static_cast<std::size_t>(letter - 'A')];
    text.remove_prefix(1);
    while (!text.empty() && (text.front() == '#' || text.front() == 'b')) {
        key += text.front() == '#' ? 1 : -1;
        text.remove_prefix(1);
    }
    const bool below = !text.empty() && text.front() == '-';
    text.remove_prefix(below ? 1 : 0);
    if (text.size() != 1 || text[0] < '0' || text[0] > '9') {
        return {};
    }
    const int octave = (text[0] - '0') * (below ? -1 : 1);
    return key + 12 * (octave + 1);
}

}  // namespace

std::optional<double> pitch_from_text(std::string_view text) {
    if (const auto key = key_from_note(text)) {
        return hz_from_midi(*key);
    }
    for (const std::string_view unit : {"Hz", "hz"}) {
        if (text.size() > unit.size() && text.substr(text.size() - unit.size()) == unit) {
            text.remove_suffix(unit.size());
            break;
        }
    }
    const auto pitch_hz = number_from_text(text);
    return pitch_hz && *pitch_hz > 0 ? pitch_hz : std::nullopt;
}

void state_note_text(Patch& patch, std::string_view text, Stating& stating) {
    const Instrument& instrument = *patch.instrument;
    const auto fail = [&](const std::string& problem) {
        stating.problems.push_back(message(stating.place, instrument.name, problem));
    };
    if (instrument.value_for_pitch == nullptr) {
        return fail("has no pitch to tune by a note");
    }
    const auto pitch_hz = pitch_from_text(text);
    if (!pitch_hz) {
        return fail(
            formatted("note {} is neither a note such as F#1 nor a pitch in Hz", in_quotes(text)));
    }
    const Parameter& row = instrument.parameters[instrument.pitch_row];
    const double value = instrument.value_for_pitch(*pitch_hz);
    Stating row_stating = stating;
    row_stating.problems.clear();
    state_number(patch, row.id, value, row_stating);
    for (const std::string& problem : row_stating.problems) {
        stating.problems.push_back(formatted("{}, from note {}, {} Hz", problem, in_quotes(text),
                                             number_to_text(*pitch_hz)));
    }
    stating.notes = row_stating.notes;
}

}  // namespace drumgen

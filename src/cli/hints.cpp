#include "cli/hints.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "drumgen/instrument.h"

namespace drumgen {
namespace {

/// A flag of another program, or of another command.
struct Hint {
    std::string_view command;  ///< empty: any
    std::string_view flag;
    std::string_view text;
};

constexpr std::string_view many =
    "; each patch makes one sound: drumgen propose kick -n 10 | drumgen render - -o '{index}.wav'";
constexpr std::string_view prints_patches =
    "; it prints patches, which drumgen render - -o '{index}.wav' takes behind a |";

constexpr std::array hints{
    Hint{"", "--sample-rate", "; that is --rate"},
    Hint{"", "--samplerate", "; that is --rate"},
    Hint{"", "--sr", "; that is --rate"},
    Hint{"", "--bit-depth", ", did you mean \"--bits\"?"},
    Hint{"", "--depth", ", did you mean \"--bits\"?"},
    Hint{"", "--length", "; that is --duration"},
    Hint{"", "--volume", "; that is --gain-db"},
    Hint{"", "--threads", ", did you mean \"--jobs\"?"},
    Hint{"", "--normalize", "; every sound is brought to a true peak of 0.95, see --level"},
    Hint{"", "--preset", "; a preset is a word of its own: drumgen render kick/909"},
    Hint{"", "--instrument", "; an instrument is a word of its own: drumgen render kick"},
    Hint{"", "--input", "; a file is a word of its own: drumgen render kick.wav"},
    Hint{"", "-i", "; a file is a word of its own: drumgen render kick.wav"},
    Hint{"", "--overwrite", "; a file is replaced unless --no-clobber is given"},
    Hint{"", "-y", "; a file is replaced unless --no-clobber is given"},
    Hint{"render", "--format", "; the ending of -o says the format, or --to"},
    Hint{"render", "--type", "; the ending of -o says the format, or --to"},
    Hint{"render", "--pitch", "; say --note F#1, or the instrument's own, such as --tune"},
    Hint{"render", "--freq", "; say --note F#1, or the instrument's own, such as --tune"},
    Hint{"render", "--frequency", "; say --note F#1, or the instrument's own, such as --tune"},
    Hint{"render", "--play", "; pipe it: drumgen render kick -o - | aplay"},
    Hint{"render", "-n", many},
    Hint{"render", "--count", many},
    Hint{"render", "--number", many},
    Hint{"propose", "-o", prints_patches},
    Hint{"propose", "--output", prints_patches},
    Hint{"propose", "--count", ", did you mean \"-n\"?"},
    Hint{"mutate", "-o", prints_patches},
    Hint{"mutate", "--output", prints_patches},
    Hint{"mutate", "--count", ", did you mean \"-n\"?"},
};

}  // namespace

std::string hint_for(std::string_view command, std::string_view word) {
    const auto* const found =
        std::find_if(hints.begin(), hints.end(), [command, word](const Hint& hint) {
            return hint.flag == word && (hint.command.empty() || hint.command == command);
        });
    if (found != hints.end()) {
        return std::string(found->text);
    }
    if (word.starts_with("--") && instrument_named(word.substr(2)) != nullptr) {
        return formatted("; an instrument is a word of its own: drumgen render {}", word.substr(2));
    }
    const bool is_output = !word.starts_with("-") && word.find('.') != word.npos;
    return is_output ? ", did you mean " + in_quotes("-o " + std::string(word)) + "?" : "";
}

}  // namespace drumgen

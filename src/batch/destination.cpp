#include "batch/destination.h"

#include <algorithm>
#include <array>

#include "base/choice.h"
#include "base/text.h"
#include "drumgen/error.h"
#include "system/path.h"

namespace drumgen {
namespace {

constexpr std::string_view tar_word = "tar";
constexpr std::string_view raw_word = "raw";

std::vector<Choice<Destination>> choices() {
    std::vector<Choice<Destination>> all;
    for (const SoundFormat& format : sound_formats()) {
        all.push_back({format.name, {Container::files, &format}});
    }
    all.push_back({tar_word, {.container = Container::tar}});
    all.push_back({raw_word, {.container = Container::raw}});
    return all;
}

/// ".wav" of "a.b/x.wav", in lower case; empty where there is none: "x", ".hidden", "x-0.5".
std::string ending_of(std::string_view path) {
    const std::string name = file_name_of(std::string(path));
    const std::size_t dot = name.rfind('.');
    if (dot == name.npos || dot == 0) {
        return "";
    }
    const std::string ending = in_lower_case(name.substr(dot));
    const bool is_number =
        std::all_of(ending.begin() + 1, ending.end(), [](char c) { return c >= '0' && c <= '9'; });
    return is_number || ending.find('{') != ending.npos ? "" : ending;
}

/// What the ending of a name shows; null when it shows nothing that is known.
const Destination* shown_by(const std::string& ending,
                            const std::vector<Choice<Destination>>& all) {
    const auto found = std::find_if(all.begin(), all.end(), [&ending](const auto& choice) {
        const Destination& destination = choice.value;
        return destination.container == Container::files
                   ? sound_format_of_ending(ending) == destination.format
                   : ending == "." + std::string(choice.word);
    });
    return found == all.end() ? nullptr : &found->value;
}

std::string title_of(const Destination& destination) {
    switch (destination.container) {
        case Container::tar:
            return "a TAR";
        case Container::raw:
            return "raw frames";
        case Container::files:
            break;
    }
    const std::string title(destination.format->title);
    // An AIFF, an MP3, an RF64.
    return (title.find_first_of("AOMR") == 0 ? "an " : "a ") + title + " file";
}

bool is_packed(const std::string& ending) {
    constexpr std::array<std::string_view, 7> packed{".gz",  ".tgz", ".zst", ".xz",
                                                     ".bz2", ".zip", ".7z"};
    return std::find(packed.begin(), packed.end(), ending) != packed.end();
}

[[noreturn]] void refuse_ending(std::string_view output, const std::string& ending) {
    std::vector<std::string_view> known;
    for (const SoundFormat& format : sound_formats()) {
        for (const std::string_view one : format.endings) {
            if (!one.empty()) {
                known.push_back(one);
            }
        }
    }
    throw Error(Status::invalid,
                formatted("-o {}: {} is no sound file that can be written; known are {}, .tar and "
                          ".raw. For a WAV of that name add --to wav",
                          in_quotes(output), in_quotes(ending), listed(known)));
}

}  // namespace

Destination destination_of(std::string_view output, std::string_view to) {
    const std::vector<Choice<Destination>> all = choices();
    const std::string ending = ending_of(output);
    const Destination* const shown = shown_by(ending, all);
    if (is_packed(ending)) {
        throw Error(Status::invalid,
                    formatted("-o {}: nothing is compressed here; write a .tar or .flac, or pipe "
                              "-o - --to tar into a program that does",
                              in_quotes(output)));
    }
    if (to.empty()) {
        if (shown == nullptr && !ending.empty()) {
            refuse_ending(output, ending);
        }
        return shown == nullptr ? Destination{} : *shown;
    }
    const Destination said = chosen("--to", to, all);
    if (shown != nullptr && *shown != said) {
        throw Error(Status::invalid,
                    formatted("-o {} is the name of {}, and --to says {}; leave out --to, or name "
                              "it otherwise",
                              in_quotes(output), title_of(*shown), in_quotes(to)));
    }
    return said;
}

std::vector<std::string_view> destination_words() {
    std::vector<std::string_view> words;
    for (const Choice<Destination>& choice : choices()) {
        words.push_back(choice.word);
    }
    return words;
}

std::string_view word_of(Container container, const SoundFormat& format) {
    switch (container) {
        case Container::tar:
            return tar_word;
        case Container::raw:
            return raw_word;
        case Container::files:
            break;
    }
    return format.name;
}

}  // namespace drumgen

#include <algorithm>
#include <array>
#include <memory>

#include "base/math.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/list_kinds.h"
#include "cli/option.h"
#include "drumgen/instrument.h"
#include "export/export_kits.h"
#include "input/known_presets.h"
#include "kit/kit_format.h"
#include "measure/picture.h"
#include "midi/patterns.h"
#include "sound_file/sound_format.h"
#include "system/file.h"
#include "system/player.h"

namespace drumgen::list_command {
namespace {

/// The kind, and the names behind it.
using Typed = std::vector<std::string>;
using Names = std::vector<std::string>;

std::string line(std::string_view name, std::string_view what) {
    return formatted("{}{}\n", padded(name, 14), what);
}

std::string instruments_text(const Names&) {
    std::string text;
    for (const Instrument* const instrument : instruments()) {
        text += line(instrument->name, instrument->summary);
    }
    return text;
}

/// What a name's ending asks for.
std::string formats_text(const Names&) {
    std::string text = "sounds, of drumgen render -o:\n";
    for (const SoundFormat& format : sound_formats()) {
        const std::string endings =
            listed(format.endings.back().empty() ? std::span(format.endings).first(1)
                                                 : std::span(format.endings),
                   " ");
        const std::string_view kept =
            format.is_lossless ? format.holds_floats ? "16, 24 or 32f bits" : "16 or 24 bits"
                               : "lossy";
        text += line("  " + endings, formatted("{}, {}", format.title, kept));
    }
    text += "pictures, of drumgen render --plot:\n";
    for (const PictureFormat* const format : picture_formats()) {
        text += line(formatted("  {}", format->extension), format->summary);
    }
    text += "kits, of drumgen export-kit -o and --format:\n";
    for (const KitFormat* const format : kit_formats()) {
        const bool is_ending = format->extension.starts_with(".");
        text += line(formatted("  {}", is_ending ? format->extension : "a folder"),
                     formatted("{}: {}", format->name, format->summary));
    }
    return text;
}

std::string patterns_text(const Names&) {
    std::string text;
    for (const Pattern& pattern : patterns()) {
        text += line(pattern.name, formatted("{}, {} BPM", pattern.song.name,
                                             number_to_text(math::nearest(pattern.song.bpm, 10))));
    }
    return text;
}

/// What drumgen audition plays with; the first that is installed.
std::string players_text(const Names&) {
    std::string text;
    for (const Player::Known& player : Player::known()) {
        text += line(player.program, player.is_installed ? "installed" : "not installed");
    }
    return text;
}

/// One kind of things that have names.
struct Kind {
    std::string_view name;
    std::string_view what;
    bool takes_names;
    std::string (*text)(const Names& names);
};

constexpr std::array kinds{
    Kind{"instruments", "what is played; drumgen schema NAME tells the parameters of each", false,
         instruments_text},
    Kind{"presets", "sounds with a name, and how loud each is; of some instruments: presets kick",
         true, known_presets_text},
    Kind{"kits", "kits with a name; drumgen export-kit NAME --list tells the sounds of each", false,
         [](const Names&) { return known_kits_text(); }},
    Kind{"patterns", "beats that drumgen export-kit --beat plays, and the tempo of each", false,
         patterns_text},
    Kind{"formats", "files of sounds, of pictures and of kits, by the ending of the name", false,
         formats_text},
    Kind{"players", "programs that drumgen audition plays with; the first that is installed", false,
         players_text},
};

Status act(const Typed& typed) {
    if (typed.empty()) {
        std::string text;
        for (const Kind& kind : kinds) {
            text += line(kind.name, kind.what);
        }
        write_stdout(text);
        return Status::done;
    }
    const auto* const kind = std::find_if(kinds.begin(), kinds.end(), [&typed](const Kind& known) {
        return known.name == typed.front();
    });
    if (kind == kinds.end()) {
        throw Error(Status::invalid,
                    formatted("list: {} is unknown{}", in_quotes(typed.front()),
                              did_you_mean(typed.front(), list_kinds(),
                                           "; known are " + listed(list_kinds()))));
    }
    const Names names(typed.begin() + 1, typed.end());
    if (!names.empty() && !kind->takes_names) {
        throw Error(Status::invalid, formatted("list: {} takes no name, and {} stands behind it; "
                                               "leave it out",
                                               kind->name, in_quotes(names.front())));
    }
    for (const std::string& name : names) {
        (void)find_instrument(name);
    }
    write_stdout(kind->text(names));
    return Status::done;
}

Command::Action define(CLI::App& app, const Words&) {
    const auto typed = std::make_shared<Typed>();
    add_operand(app, "WHAT", *typed,
                formatted("What to list: {}; behind presets the instruments whose are wanted",
                          listed(list_kinds())));
    return [typed] { return act(*typed); };
}

const Command command{
    "list", "print what has a name: presets, kits, formats and more",
    "Prints what there is by name, a line each. Presets and kits of your own are listed, too.",
    R"(drumgen list instruments
drumgen list presets snare hat
drumgen list kits)",
    define};

}  // namespace
}  // namespace drumgen::list_command

namespace drumgen {

std::vector<std::string_view> list_kinds() {
    const auto& kinds = list_command::kinds;
    std::vector<std::string_view> names(kinds.size());
    std::transform(kinds.begin(), kinds.end(), names.begin(),
                   [](const list_command::Kind& kind) { return kind.name; });
    return names;
}

}  // namespace drumgen

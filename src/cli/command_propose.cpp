#include <array>
#include <memory>
#include <utility>

#include "base/choice.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/learned_options.h"
#include "cli/option.h"
#include "cli/sound_options.h"
#include "cli/terminal.h"
#include "drumgen/patch_json.h"
#include "explore/sampler.h"
#include "export/proposed_kits.h"
#include "input/index_range.h"
#include "param/patch_keys.h"
#include "session/learned_proposals.h"
#include "system/file.h"

namespace drumgen::propose_command {
namespace {

struct Typed {
    std::vector<std::string> kinds;
    std::string count;
    std::string seed = "0";
    std::string from;
    std::string wild;
    LearnedOptions learned;
    std::string range;
    std::string shard;
    std::string key;
    std::string tempo;
    bool kit = false;
};

[[noreturn]] void refuse(const std::string& problem) {
    throw Error(Status::invalid, "propose: " + problem);
}

IndexRange indexes_of(const Typed& typed) {
    if (!typed.count.empty() && !typed.range.empty()) {
        refuse("-n and --range both say how many; leave out one");
    }
    IndexRange range{0, 1};
    if (!typed.count.empty()) {
        range.last = whole_number_of("-n", typed.count, {1, patch_keys::max_index});
    }
    if (!typed.range.empty()) {
        range = range_from_text(typed.range);
    }
    return typed.shard.empty() ? range : part_from_text(range, typed.shard);
}

enum class From { typical, uniform, learned };

/// From what was rated never unless the user says so: the same command gives the same patches on
/// every machine.
From source_of(const Typed& typed) {
    constexpr std::array sources{Choice{"typical", From::typical}, Choice{"uniform", From::uniform},
                                 Choice{"learned", From::learned}};
    if (!typed.from.empty()) {
        return chosen("propose: --from", typed.from, sources);
    }
    return typed.learned.ratings.empty() ? From::typical : From::learned;
}

/// Share of the draws that are even.
double wild_of(const Typed& typed, From from) {
    if (typed.wild.empty()) {
        return from == From::uniform ? 1 : Typical{}.wild;
    }
    if (from != From::typical) {
        refuse("--wild is for typical proposals; leave it out, or --from");
    }
    return fraction_of("--wild", typed.wild);
}

Status propose_learned(const Typed& typed) {
    if (typed.kit || !typed.range.empty() || !typed.shard.empty()) {
        refuse("--kit, --range and --shard are for data sets; leave them out, or --from learned");
    }
    ProposalRequest request;
    request.kinds = instruments_of("propose", typed.kinds);
    request.count = typed.count.empty() ? 1 : whole_number_of("-n", typed.count, {1, most_learned});
    request.seed = whole_number_of("--seed", typed.seed, {0, patch_keys::max_seed});
    typed.learned.put_into(request);
    TerminalReporter reporter(false);
    write_stdout(lines_of(learned_proposals(request, reporter)));
    return Status::done;
}

Status act(const Typed& typed) {
    const From from = source_of(typed);
    const double wild = wild_of(typed, from);
    if (from == From::learned) {
        return propose_learned(typed);
    }
    if (const std::string_view flag = typed.learned.first_given(); !flag.empty()) {
        refuse(formatted("{} is for learned proposals; add --from learned", flag));
    }
    if (!typed.kit && (!typed.key.empty() || !typed.tempo.empty())) {
        refuse("--key and --tempo are for whole kits; add --kit");
    }
    if (typed.kit) {
        if (!typed.kinds.empty()) {
            refuse("--kit proposes every instrument; leave out " + in_quotes(typed.kinds.front()));
        }
        const IndexRange indexes = indexes_of(typed);
        print_proposed_kits({typed.key, typed.tempo,
                             whole_number_of("--seed", typed.seed, {0, patch_keys::max_seed}),
                             indexes.first, indexes.last, wild});
        return Status::done;
    }
    const std::vector<const Instrument*> kinds = instruments_of("propose", typed.kinds);
    const std::uint64_t seed = whole_number_of("--seed", typed.seed, {0, patch_keys::max_seed});
    const IndexRange indexes = indexes_of(typed);
    constexpr std::size_t enough = 1 << 16;  // what a pipe holds
    std::string text;
    for (std::uint64_t index = indexes.first; index < indexes.last; ++index) {
        const Instrument& kind = *kinds[index % kinds.size()];
        text += patch_to_json(propose_typical(kind, seed, index, {wild}), {.index = index}) + "\n";
        if (text.size() >= enough) {
            write_stdout(text);
            text.clear();
        }
    }
    write_stdout(text);
    return Status::done;
}

Command::Action define(CLI::App& app, const Words&) {
    const auto typed = std::make_shared<Typed>();
    add_operand(app, "KIND", typed->kinds,
                "Instruments, as drumgen list instruments prints; of several, each in its turn");
    add_text(app, "-n,--count", typed->count, "N", "How many (default 1)");
    add_text(app, "--seed", typed->seed, "N", "Which data set, 0..2^64-1 (default 0)");
    add_text(
        app, "--from", typed->from, "typical|uniform|learned",
        "Draw round real drums that the instrument was matched with (the default), every macro "
        "evenly from the range that it is proposed from, or learn from ratings what may be "
        "liked");
    add_text(
        app, "--wild", typed->wild, "0..1",
        formatted("Share of typical proposals that is drawn evenly: from 0, drums as one knows "
                  "them, to 1, as --from uniform (default {})",
                  Typical{}.wild));
    add_text(app, "--range", typed->range, "FIRST:LAST",
             "Patches FIRST to before LAST of the data set; each depends on nothing but the kinds, "
             "the seed and its index");
    add_text(app, "--shard", typed->shard, "K/N",
             "Part K, from 0, of N even parts of that, one behind the other");
    add_flag(app, "--kit", typed->kit,
             "Whole kits whose sounds fit each other, one a line, for drumgen export-kit -");
    add_text(app, "--key", typed->key, "KEY",
             "Tune a kit to that key, such as F#m (default: each kit has its own)");
    add_text(app, "--tempo", typed->tempo, "BPM",
             "Beats a minute that the lengths of a kit suit, 30..300 (default 120)");
    add_learned_options(app, typed->learned);
    return [typed] { return act(*typed); };
}

const Command command{
    "propose", "make new patches",
    "Prints new patches as JSON Lines, for drumgen render - or a file. Each has an index, its "
    "place "
    "in the data set that the kinds and the seed name, so that any part of a data set can be made "
    "alone, on any machine.",
    R"(drumgen propose kick -n 3 | drumgen render - -o 'new-{index:03}.wav'
drumgen propose kick snare hat -n 24 | drumgen render - --page drums.html
drumgen propose kick --from learned --explore 0 -n 10
drumgen propose --kit --key Am -n 2 | drumgen export-kit - -o 'kit-{index}.zip')",
    define};

}  // namespace
}  // namespace drumgen::propose_command

#include <CLI/CLI.hpp>
#include <array>
#include <memory>
#include <utility>

#include "base/choice.h"
#include "base/text.h"
#include "batch/index_range.h"
#include "batch/learned_proposals.h"
#include "cli/command.h"
#include "cli/option.h"
#include "cli/sound_options.h"
#include "cli/terminal.h"
#include "explore/sampler.h"
#include "io/file.h"
#include "io/patch_json.h"
#include "kit/proposed_kits.h"
#include "param/patch_keys.h"

namespace drumgen {
namespace {

struct Typed {
    std::vector<std::string> kinds;
    std::string count;
    std::string seed = "0";
    std::string from;
    std::string ratings;
    std::string explore;
    std::string like;
    std::vector<std::string> lock;
    std::vector<std::string> only;
    bool preset_prior = false;
    std::string range;
    std::string shard;
    std::string key;
    std::string tempo;
    bool kit = false;
};

[[noreturn]] void refuse(const std::string& problem) {
    throw Error(Status::invalid, "propose: " + problem);
}

std::vector<const Instrument*> kinds_of(const std::vector<std::string>& names) {
    if (names.empty()) {
        refuse("no instrument given; name one or more of " + listed(instrument_names()));
    }
    std::vector<const Instrument*> kinds;
    for (const std::string& name : names) {
        kinds.push_back(&find_instrument(name));
    }
    return kinds;
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

/// Do proposals come from what was rated? Never unless the user says so: the same command gives
/// the same patches on every machine.
bool is_learned(const Typed& typed) {
    constexpr std::array sources{Choice{"uniform", false}, Choice{"learned", true}};
    if (!typed.from.empty()) {
        return chosen("propose: --from", typed.from, sources);
    }
    return !typed.ratings.empty();
}

Status propose_learned(const Typed& typed) {
    if (typed.kit || !typed.range.empty() || !typed.shard.empty()) {
        refuse(
            "--kit, --range and --shard are for even proposals; leave them out, or --from learned");
    }
    ProposalRequest request;
    request.kinds = kinds_of(typed.kinds);
    request.count = typed.count.empty() ? 1 : whole_number_of("-n", typed.count, {1, most_learned});
    request.seed = whole_number_of("--seed", typed.seed, {0, patch_keys::max_seed});
    if (!typed.explore.empty()) {
        request.explore = fraction_of("propose: --explore", typed.explore);
    }
    request.store = store_of(typed.ratings);
    request.like = typed.like;
    request.lock = typed.lock;
    request.only = typed.only;
    request.preset_prior = typed.preset_prior;
    TerminalReporter reporter(false);
    write_stdout(learned_proposals(request, reporter));
    return Status::done;
}

void refuse_learned_options(const Typed& typed) {
    for (const auto& [flag, is_given] :
         {std::pair{"--ratings", !typed.ratings.empty()},
          std::pair{"--explore", !typed.explore.empty()}, std::pair{"--like", !typed.like.empty()},
          std::pair{"--lock", !typed.lock.empty()}, std::pair{"--only", !typed.only.empty()},
          std::pair{"--preset-prior", typed.preset_prior}}) {
        if (is_given) {
            refuse(fmt::format("{} is for learned proposals; add --from learned", flag));
        }
    }
}

Status act(const Typed& typed) {
    if (is_learned(typed)) {
        return propose_learned(typed);
    }
    refuse_learned_options(typed);
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
                             indexes.first, indexes.last});
        return Status::done;
    }
    const std::vector<const Instrument*> kinds = kinds_of(typed.kinds);
    const std::uint64_t seed = whole_number_of("--seed", typed.seed, {0, patch_keys::max_seed});
    const IndexRange indexes = indexes_of(typed);
    constexpr std::size_t enough = 1 << 16;  // what a pipe holds
    std::string text;
    for (std::uint64_t index = indexes.first; index < indexes.last; ++index) {
        const Instrument& kind = *kinds[index % kinds.size()];
        text += patch_to_json(propose_uniform(kind, seed, index), {.index = index}) + "\n";
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
    app.add_option("KIND", typed->kinds, "Instruments; of several, each in its turn")
        ->type_name("");
    add_text(app, "-n,--count", typed->count, "N", "How many (default 1)");
    add_text(app, "--seed", typed->seed, "N", "Which data set, 0..2^64-1 (default 0)");
    add_text(app, "--from", typed->from, "uniform|learned",
             "Draw every macro evenly from the range that it is proposed from (the default), or "
             "learn from ratings what may be liked");
    add_text(app, "--range", typed->range, "FIRST:LAST",
             "Patches FIRST to before LAST of the data set; each depends on nothing but the kinds, "
             "the seed and its index");
    add_text(app, "--shard", typed->shard, "K/N",
             "Part K, from 0, of N even parts of that, one behind the other");
    app.add_flag("--kit", typed->kit,
                 "Whole kits whose sounds fit each other, one a line, for drumgen export-kit -");
    add_text(app, "--key", typed->key, "KEY",
             "Tune a kit to that key, such as F#m (default: each kit has its own)");
    add_text(app, "--tempo", typed->tempo, "BPM",
             "Beats a minute that the lengths of a kit suit, 30..300 (default 120)");
    const std::string group = "Learned proposals";
    add_text(app, "--ratings", typed->ratings, "FILE",
             "Learn from this store of ratings (default, with --from learned: as drumgen feedback)")
        ->group(group);
    add_text(app, "--explore", typed->explore, "0..1",
             "Share that is drawn evenly, to meet what was never rated; 0 gives the best, best "
             "first (default 0.33)")
        ->group(group);
    add_text(app, "--like", typed->like, "PATCH",
             "Keep near to this patch, which counts as one more that is liked")
        ->group(group);
    add_names(app, "--lock", typed->lock,
              "Hold these parameters, or the seed: KEY=VALUE, or KEY for the value of --like")
        ->group(group);
    add_names(app, "--only", typed->only, "Draw nothing but these macros; punch* stands for many")
        ->group(group);
    app.add_flag("--preset-prior", typed->preset_prior,
                 "Draw from round the presets instead of evenly")
        ->group(group);
    app.footer("Example: drumgen propose kick -n 3 | drumgen render - -o 'new-{index:03}.wav'");
    return [typed] { return act(*typed); };
}

const Command command{
    "propose", "make new patches",
    "Prints new patches as JSON Lines, for drumgen render - or a file. Each has an index, its "
    "place "
    "in the data set that the kinds and the seed name, so that any part of a data set can be made "
    "alone, on any machine.",
    define};

}  // namespace
}  // namespace drumgen

#include <memory>
#include <optional>
#include <utility>

#include "base/text.h"
#include "cli/command.h"
#include "cli/messages.h"
#include "cli/option.h"
#include "cli/sound_options.h"
#include "cli/terminal.h"
#include "drumgen/patch_json.h"
#include "explore/mutate.h"
#include "explore/row_patterns.h"
#include "input/patch_arguments.h"
#include "param/patch_keys.h"
#include "session/learned_proposals.h"
#include "system/file.h"

namespace drumgen::mutate_command {
namespace {

struct Typed {
    std::vector<std::string> words;
    std::string amount;
    std::string count;
    std::string seed;
    std::string toward;
    std::string steps;
    std::vector<std::string> only;
    std::vector<std::string> lock;
    std::string ratings;
    bool learned = false;
};

[[noreturn]] void refuse(const std::string& problem) {
    throw Error(Status::invalid, "mutate: " + problem);
}

void print(const std::vector<Patch>& patches) {
    std::string text;
    for (const Patch& patch : patches) {
        text += patch_to_json(patch) + "\n";
    }
    write_stdout(text);
}

/// The flags that have no effect beside the others.
void refuse_useless(const Typed& typed) {
    const bool is_way = !typed.toward.empty();
    const std::string_view reason =
        is_way ? "a way to another patch has only --steps" : "a variation has no such thing";
    for (const auto& [flag, is_useless] : {std::pair{"--amount", is_way && !typed.amount.empty()},
                                           std::pair{"-n", is_way && !typed.count.empty()},
                                           std::pair{"--seed", is_way && !typed.seed.empty()},
                                           std::pair{"--only", is_way && !typed.only.empty()},
                                           std::pair{"--lock", is_way && !typed.lock.empty()},
                                           std::pair{"--learned", is_way && typed.learned},
                                           std::pair{"--steps", !is_way && !typed.steps.empty()}}) {
        if (is_useless) {
            refuse(formatted("{} has no effect {} --toward; {}", flag,
                             is_way ? "beside" : "without", reason));
        }
    }
    if (!typed.ratings.empty() && !typed.learned) {
        refuse("--ratings has no effect without --learned; add that");
    }
}

std::string or_else(const std::string& typed, const char* standard) {
    return typed.empty() ? standard : typed;
}

Status act(const Typed& typed) {
    refuse_useless(typed);
    constexpr std::uint64_t most = 1'000'000;
    std::vector<std::string> notes;
    const Patch patch = take_one_patch(typed.words, "mutate: what is mutated", notes);
    std::optional<Patch> target;
    if (!typed.toward.empty()) {
        target = take_one_patch({typed.toward}, "mutate: --toward", notes);
    }
    tell(notes);
    if (target) {
        if (target->instrument != patch.instrument) {
            refuse(formatted("--toward {} is a {}, not a {}", in_quotes(typed.toward),
                             target->instrument->name, patch.instrument->name));
        }
        print(morphed(patch, *target,
                      whole_number_of("--steps", or_else(typed.steps, "8"), {2, most})));
        return Status::done;
    }
    const double amount = fraction_of("mutate: --amount", or_else(typed.amount, "0.2"));
    const std::uint64_t count = whole_number_of("-n", or_else(typed.count, "1"), {1, most});
    const std::uint64_t seed =
        whole_number_of("--seed", or_else(typed.seed, "0"), {0, patch_keys::max_seed});
    if (typed.learned) {
        const Freedom freedom =
            freedom_of(*patch.instrument, moving_rows(patch), typed.only, typed.lock);
        TerminalReporter reporter(false);
        write_stdout(lines_of(learned_mutations(
            {patch, amount, freedom, seed, count, store_of(typed.ratings)}, reporter)));
        return Status::done;
    }
    const Freedom freedom = mutation_freedom(patch, typed.only, typed.lock);
    std::vector<Patch> variations;
    for (std::uint64_t index = 0; index < count; ++index) {
        variations.push_back(mutated(patch, amount, freedom, seed, index));
    }
    print(variations);
    return Status::done;
}

Command::Action define(CLI::App& app, const Words&) {
    const auto typed = std::make_shared<Typed>();
    add_operand(app, "PATCH", typed->words,
                "Instrument, preset, .json or .wav file, inline JSON, or -");
    add_text(app, "--amount", typed->amount, "0..1",
             "How far a parameter may move, as a part of its range (default 0.2)");
    add_text(app, "-n,--count", typed->count, "N", "How many variations (default 1)");
    add_text(app, "--seed", typed->seed, "N", "Which variations, 0..2^64-1 (default 0)");
    add_names(
        app, "--only", typed->only,
        "Move nothing but these parameters; punch* stands for all that begin so, seed for the "
        "sound's seed; a render setting such as width may be named, too");
    add_names(app, "--lock", typed->lock, "Leave these parameters, or the seed, as they are");
    add_text(app, "--toward", typed->toward, "PATCH",
             "Print the way from the patch to this one instead of variations");
    add_text(app, "--steps", typed->steps, "N",
             "Patches on that way, both ends included (default 8)");
    add_flag(app, "--learned", typed->learned,
             "Of 50 variations for each print the one that the ratings promise most of");
    add_ratings(app, typed->ratings);
    return [typed] { return act(*typed); };
}

const Command command{
    "mutate", "vary a patch, or go from one to another",
    "Prints variations of a patch as JSON Lines, or with --toward the patches on the way to "
    "another "
    "one. Parameters move along their curves, so that a step is as large for Hz as for a ratio.",
    R"(drumgen mutate kick/909 --amount 0.3 --lock seed -n 4
drumgen mutate kick/808-long --toward kick/909 --steps 5 | drumgen render - -o 'way-{index}.wav'
drumgen mutate hat --only tightness,color -n 3 | drumgen render - -o 'hat-{index}.wav')",
    define};

}  // namespace
}  // namespace drumgen::mutate_command

#include <CLI/CLI.hpp>
#include <map>
#include <memory>

#include "base/date.h"
#include "base/text.h"
#include "batch/patch_arguments.h"
#include "cli/command.h"
#include "cli/messages.h"
#include "cli/option.h"
#include "drumgen/render.h"
#include "io/file.h"
#include "io/output_registry.h"
#include "io/patch_json.h"
#include "io/ratings.h"
#include "io/report_json.h"
#include "measure/features_json.h"

namespace drumgen {
namespace {

struct Typed {
    std::vector<std::string> words;
    std::string ratings;
    std::string undo;
    bool list = false;
    bool stats = false;
    bool json = false;
    bool quiet = false;
};

[[noreturn]] void refuse(const std::string& problem) {
    throw Error(Status::invalid, "feedback: " + problem);
}

/// Liked or not, by the first word.
bool label_of(const std::string& word) {
    if (word == "like" || word == "1") {
        return true;
    }
    if (word == "dislike" || word == "0") {
        return false;
    }
    refuse(fmt::format("{} is not like, dislike, 1 or 0{}", in_quotes(word),
                       did_you_mean(word, std::vector<std::string>{"like", "dislike"})));
}

/// The ratings that count; what is damaged is told.
std::vector<Rating> known_ratings(const std::string& path) {
    Ratings ratings = read_ratings(path);
    tell(ratings.problems);
    return std::move(ratings.ratings);
}

Status list(const std::string& path) {
    std::string text;
    for (const Rating& rating : known_ratings(path)) {
        text += rating_json(rating);
    }
    write_stdout(text);
    return Status::done;
}

Status stats(const std::string& path, bool as_json) {
    struct Count {
        std::size_t liked = 0;
        std::size_t disliked = 0;
    };
    std::map<std::string_view, Count> counts;
    for (const Instrument* instrument : instruments()) {
        counts[instrument->name];
    }
    for (const Rating& rating : known_ratings(path)) {
        Count& count = counts[rating.patch.instrument->name];
        ++(rating.is_liked ? count.liked : count.disliked);
    }
    std::string text;
    for (const Instrument* instrument : instruments()) {
        const Count& count = counts[instrument->name];
        const std::string name(instrument->name);
        text += as_json
                    ? fmt::format("{{\"instrument\": \"{}\", \"liked\": {}, \"disliked\": {}}}\n",
                                  name, count.liked, count.disliked)
                    : fmt::format("{}: {} liked, {} disliked\n", name, count.liked, count.disliked);
    }
    write_stdout(text);
    return Status::done;
}

Status act(const Typed& typed) {
    const std::string path = typed.ratings.empty() ? ratings_path() : typed.ratings;
    const int modes = (typed.list ? 1 : 0) + (typed.stats ? 1 : 0) + (typed.undo.empty() ? 0 : 1) +
                      (typed.words.empty() ? 0 : 1);
    if (modes != 1) {
        refuse(modes == 0
                   ? "say like or dislike, and of which patches; or --list, --stats, --undo N"
                   : "ratings, --list, --stats and --undo are four things; ask for one");
    }
    if (typed.list) {
        return list(path);
    }
    if (typed.stats) {
        return stats(path, typed.json);
    }
    if (!typed.undo.empty()) {
        const std::uint64_t count = whole_number_of("--undo", typed.undo, {1, 1'000'000});
        undo_ratings(path, static_cast<std::size_t>(count), utc_now());
        return Status::done;
    }
    const bool is_liked = label_of(typed.words.front());
    PatchArguments arguments;
    arguments.words.assign(typed.words.begin() + 1, typed.words.end());
    if (arguments.words.empty()) {
        refuse("of which patches? Name files, presets, or - for standard input");
    }
    const GivenPatches given = take_patches(arguments);
    tell(given.notes);
    OutputRegistry registry;
    for (const std::string& file : given.files) {
        registry.reads(file);
    }
    registry.plan({"--ratings", path});
    registry.check();
    std::vector<Rating> ratings;
    for (const auto& [patch, wav] : given.patches) {
        ratings.push_back({utc_now(), patch, is_liked,
                           features_json(measure_features(render(resolve(patch)))),
                           features_version});
    }
    append_ratings(path, ratings);
    if (!typed.quiet) {
        tell(fmt::format("{}{}, in {}", ratings.size(), is_liked ? " liked" : " disliked", path));
    }
    return Status::done;
}

Command::Action define(CLI::App& app, const Words&) {
    const auto typed = std::make_shared<Typed>();
    app.add_option("LABEL", typed->words,
                   "like or dislike (1 or 0), and the patches: presets, files, WAVs, JSON, or -")
        ->type_name("");
    add_text(app, "--ratings", typed->ratings, "FILE",
             "The store (default DRUMGEN_RATINGS, or drumgen/ratings.jsonl in XDG_DATA_HOME or "
             "~/.local/share)");
    app.add_flag("--list", typed->list, "Print the ratings that count as JSON Lines");
    app.add_flag("--stats", typed->stats, "Print how many are liked and disliked");
    add_text(app, "--undo", typed->undo, "N", "Take the last N ratings back");
    app.add_flag("--json", typed->json, "Print --stats as JSON Lines");
    app.add_flag("-q,--quiet", typed->quiet, "Print nothing but errors");
    app.footer("Example: drumgen feedback like kick/909 --ratings mine.jsonl");
    return [typed] { return act(*typed); };
}

const Command command{
    "feedback", "say which sounds you like",
    "Adds ratings to a store: for each patch a line of JSON with "
    "the time, the patch, what is measured of its sound, and the label. Lines are only ever added.",
    define};

}  // namespace
}  // namespace drumgen

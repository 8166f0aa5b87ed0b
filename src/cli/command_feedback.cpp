#include <array>
#include <memory>

#include "base/choice.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/messages.h"
#include "cli/option.h"
#include "cli/sound_options.h"
#include "cli/terminal.h"
#include "document/ratings_stats.h"
#include "input/patch_arguments.h"
#include "session/rate_sounds.h"
#include "session/rating_store.h"
#include "system/date.h"
#include "system/file.h"

namespace drumgen::feedback_command {
namespace {

struct Typed {
    std::vector<std::string> words;
    std::string ratings;
    std::string import;
    std::string undo;
    bool list = false;
    bool stats = false;
    bool json = false;
    bool quiet = false;
};

[[noreturn]] void refuse(const std::string& problem) {
    throw Error(Status::invalid, "feedback: " + problem);
}

constexpr std::array labels{Choice{"like", true}, Choice{"dislike", false}, Choice{"1", true},
                            Choice{"0", false}};

/// The ratings that count; what is damaged is told.
std::vector<Rating> known_ratings(const std::string& path) {
    Ratings ratings = read_ratings(path);
    tell(skipped_lines(ratings));
    tell(adapted_ratings(ratings));
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

Status act(const Typed& typed) {
    const std::string path = store_of(typed.ratings);
    const int modes = (typed.list ? 1 : 0) + (typed.stats ? 1 : 0) + (typed.undo.empty() ? 0 : 1) +
                      (typed.words.empty() ? 0 : 1) + (typed.import.empty() ? 0 : 1);
    if (modes != 1) {
        refuse(modes == 0
                   ? "say like or dislike, and of which patches; or --import FILE, --list, "
                     "--stats, --undo N"
                   : "ratings, --import, --list, --stats and --undo are five things; ask for one");
    }
    if (typed.json && !typed.stats) {
        refuse("--json has no effect without --stats; --list prints JSON Lines by itself");
    }
    if (typed.list) {
        return list(path);
    }
    if (typed.stats) {
        const std::vector<Rating> ratings = known_ratings(path);
        write_stdout(typed.json ? ratings_stats_json(ratings) : ratings_stats_text(ratings));
        return Status::done;
    }
    if (!typed.undo.empty()) {
        const std::uint64_t count = whole_number_of("--undo", typed.undo, {1, 1'000'000});
        undo_ratings(path, static_cast<std::size_t>(count), utc_now());
        return Status::done;
    }
    TerminalReporter reporter(typed.quiet);
    if (!typed.import.empty()) {
        const ImportedRatings done = import_ratings(typed.import, path, reporter);
        reporter.note(
            formatted("{} liked, {} disliked, in {}{}", done.liked, done.disliked, path,
                      done.known == 0 ? "" : formatted("; {} were there already", done.known)));
        return Status::done;
    }
    if (is_path(typed.words.front())) {
        refuse(formatted("say like or dislike before the patches, as in {}",
                         in_quotes("drumgen feedback like " + typed.words.front())));
    }
    RatingRequest request;
    request.is_liked = chosen("feedback:", typed.words.front(), labels);
    request.words.assign(typed.words.begin() + 1, typed.words.end());
    request.store = path;
    const std::size_t count = rate_sounds(request, reporter);
    reporter.note(formatted("{} {}, in {}", count, request.is_liked ? "liked" : "disliked", path));
    return Status::done;
}

Command::Action define(CLI::App& app, const Words&) {
    const auto typed = std::make_shared<Typed>();
    add_operand(app, "LABEL", typed->words,
                "like or dislike (1 or 0), and the patches: presets, files, WAVs, JSON, or -");
    add_ratings(app, typed->ratings);
    add_text(
        app, "--import", typed->import, "FILE",
        "Take over ratings that a page of drumgen render --page saved, or that --list printed; "
        "- for standard input. Those that are there already stay single");
    add_flag(app, "--list", typed->list, "Print the ratings that count as JSON Lines");
    add_flag(app, "--stats", typed->stats, "Print how many are liked and disliked");
    add_text(app, "--undo", typed->undo, "N", "Take the last N ratings back");
    add_flag(app, "--json", typed->json, "Print --stats as JSON Lines");
    add_flag(app, "-q,--quiet", typed->quiet, "Print nothing but errors");
    return [typed] { return act(*typed); };
}

const Command command{
    "feedback", "say which sounds you like",
    "Adds ratings to a store: for each patch a line of JSON with "
    "the time, the patch, what is measured of its sound, and the label. Lines are only ever added.",
    R"(drumgen feedback like kick/909 snare/rock --ratings mine.jsonl
drumgen feedback --stats --ratings mine.jsonl
drumgen feedback --list --ratings mine.jsonl > copy.jsonl
drumgen feedback --import copy.jsonl --ratings other.jsonl
drumgen feedback --undo 1 --ratings mine.jsonl)",
    define};

}  // namespace
}  // namespace drumgen::feedback_command

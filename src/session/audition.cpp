#include "session/audition.h"

#include <deque>
#include <set>
#include <vector>

#include "base/random.h"
#include "base/text.h"
#include "batch/destination.h"
#include "batch/output_template.h"
#include "batch/render_files.h"
#include "drumgen/patch_json.h"
#include "drumgen/render.h"
#include "explore/mutate.h"
#include "measure/features_json.h"
#include "measure/summary.h"
#include "param/wording.h"
#include "session/rating_store.h"
#include "sound_file/patch_wav.h"
#include "system/date.h"
#include "system/file.h"

namespace drumgen {
namespace {

constexpr std::string_view keys_text =
    "l like  d dislike  m mutate  k keep  n next  u undo  space again  q quit\n";

/// Passes each note and problem on once, however often it comes.
class OnceReporter : public Reporter {
public:
    explicit OnceReporter(Reporter& reporter) : reporter_(reporter) {}

    void begin(std::optional<std::size_t>) override {}
    void note(std::string_view line) override {
        if (told_.emplace(line).second) {
            reporter_.note(line);
        }
    }
    void problem(std::string_view line) override {
        if (told_.emplace(line).second) {
            reporter_.problem(line);
        }
    }
    void show(std::string_view text) override { reporter_.show(text); }
    void step(double) override {}
    [[nodiscard]] bool is_watched() const override { return false; }
    void end() override {}

private:
    Reporter& reporter_;
    std::set<std::string, std::less<>> told_;
};

/// The values that a patch states, to three digits, in one paragraph.
std::string values_text(const Patch& patch) {
    std::vector<std::string> parts;
    const std::span<const Parameter> rows = patch.instrument->parameters;
    for (std::size_t i = 0; i < patch.params.size(); ++i) {
        if (const std::optional<Value>& value = patch.params[i]) {
            const double rounded =
                number_from_text(formatted("{:.3g}", value->value)).value_or(value->value);
            parts.push_back(formatted("{} {}", rows[i].id.view(), value_text(rows[i], rounded)));
        }
    }
    return listed(parts);
}

class Audition {
public:
    Audition(const AuditionRequest& request, Listener& listener, Reporter& reporter)
        : request_(request), listener_(listener), reporter_(reporter) {}

    void run() {
        take_next();
        while (const std::optional<char> key = listener_.key()) {
            if (!answer(*key)) {
                break;
            }
        }
        listener_.show(formatted("{} liked, {} disliked, in {}; {} kept\n", liked_, disliked_,
                                 for_terminal(request_.proposals.store), kept_));
    }

private:
    /// A sound that was heard, and the rating of it.
    struct Heard {
        LearnedPatch learned;
        bool is_liked;
    };

    /// False at the end.
    bool answer(char key) {
        switch (key) {
            case 'l':
                rate(true);
                break;
            case 'd':
                rate(false);
                break;
            case 'm':
                mutate();
                break;
            case 'k':
                keep();
                break;
            case 'n':
                take_next();
                break;
            case 'u':
                undo();
                break;
            case ' ':
            case 'r':
                listener_.play(wav_);
                break;
            case 'q':
                return false;
            default:
                listener_.show(std::string(keys_text));
        }
        return true;
    }

    void take_next() {
        if (coming_.empty()) {
            ProposalRequest wish = request_.proposals;
            wish.count = batch_size;
            wish.seed = mix64(request_.proposals.seed + ++rounds_);
            for (LearnedPatch& learned : learned_proposals(wish, reporter_)) {
                coming_.push_back(std::move(learned));
            }
        }
        current_ = std::move(coming_.front());
        coming_.pop_front();
        present();
    }

    void present() {
        const Patch& patch = current_.patch;
        const Resolved resolved = resolve(patch);
        const Sound sound = render(resolved);
        features_ = measure_features(sound);
        wav_ = wav_bytes(patch, resolved, sound, SampleFormat::int16);
        const auto percent = [](double x) { return fixed(100 * x, 0); };
        listener_.show(formatted(
            "\n{}. {}, seed {}: {} % likely liked\n{}{}\n{}\n{}", ++shown_, patch.instrument->name,
            patch.seed, percent(current_.opinion.score), text_waveform(sound, request_.picture),
            summary(sound, features_), values_text(patch), keys_text));
        listener_.play(wav_);
    }

    void add_rating(bool is_liked) {
        append_ratings(request_.proposals.store, {{utc_now(), current_.patch, is_liked,
                                                   features_json(features_), features_version}});
        ++(is_liked ? liked_ : disliked_);
        heard_.push_back({current_, is_liked});
    }

    void rate(bool is_liked) {
        add_rating(is_liked);
        listener_.show(is_liked ? "liked\n" : "disliked\n");
        take_next();
    }

    void mutate() {
        // What was to come comes behind the variation.
        coming_.push_front(learned_variation());
        take_next();
    }

    [[nodiscard]] LearnedPatch learned_variation() {
        const Patch& patch = current_.patch;
        const Freedom freedom = freedom_of(*patch.instrument, request_.proposals);
        return learned_mutations(
                   {patch, request_.amount, freedom, mix64(request_.proposals.seed + ++rounds_), 1,
                    request_.proposals.store},
                   reporter_)
            .front();
    }

    /// Writes the sound as drumgen render does; what is kept is liked.
    void keep() {
        BatchRequest wish;
        wish.patches.words = {patch_to_json(current_.patch, {.index = free_index()})};
        wish.output = request_.output;
        wish.file_format = destination_of(request_.output, "").format;
        wish.format = samples_in(*wish.file_format, wish.format);
        wish.no_clobber = true;
        wish.verbose = true;
        try {
            (void)render_files(wish, reporter_);
        } catch (const Error& error) {
            for (const std::string& problem : error.problems()) {
                reporter_.problem(problem);
            }
            return;
        }
        ++kept_;
        rate(true);
    }

    /// The first index, from 1, whose name no file has, where the template has an index.
    [[nodiscard]] std::uint64_t free_index() const {
        const OutputTemplate output("-o", request_.output);
        Patch patch = current_.patch;
        const auto path_of = [&](std::uint64_t index) {
            patch.index = index;
            return output.path(output_name(patch, 0, 1, ""));
        };
        std::uint64_t index = 1;
        while (exists(path_of(index)) && path_of(index + 1) != path_of(index)) {
            ++index;
        }
        return index;
    }

    /// Back to the sound that was rated last.
    void undo() {
        if (heard_.empty()) {
            listener_.show("nothing was rated yet\n");
            return;
        }
        undo_ratings(request_.proposals.store, 1, utc_now());
        coming_.push_front(std::move(current_));
        --(heard_.back().is_liked ? liked_ : disliked_);
        current_ = std::move(heard_.back().learned);
        heard_.pop_back();
        present();
    }

    /// Sounds that are proposed at once: enough to try something else beside what is known.
    static constexpr std::size_t batch_size = 5;

    const AuditionRequest& request_;
    Listener& listener_;
    OnceReporter reporter_;
    LearnedPatch current_;
    Features features_;  // of the current one
    std::vector<std::uint8_t> wav_;
    std::deque<LearnedPatch> coming_;
    std::vector<Heard> heard_;
    std::uint64_t rounds_ = 0;
    std::size_t shown_ = 0;
    std::size_t liked_ = 0;
    std::size_t disliked_ = 0;
    std::size_t kept_ = 0;
};

}  // namespace

void audition(const AuditionRequest& request, Listener& listener, Reporter& reporter) {
    // Told before anything is heard.
    if (destination_of(request.output, "").container != Container::files) {
        throw Error(Status::invalid, "-o names a file for each sound that is kept; " +
                                         in_quotes(request.output) + " is none");
    }
    if (OutputTemplate("-o", request.output).text() == pipe_name) {
        throw Error(Status::invalid, "-o names the files of what is kept; - is none");
    }
    Audition(request, listener, reporter).run();
}

}  // namespace drumgen

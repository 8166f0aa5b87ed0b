#include "session/match_sounds.h"

#include <algorithm>
#include <array>
#include <functional>
#include <span>
#include <utility>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/math.h"
#include "base/text.h"
#include "base/utf8.h"
#include "batch/batch_request.h"
#include "batch/output_template.h"
#include "batch/run_batch.h"
#include "drumgen/patch_json.h"
#include "explore/row_patterns.h"
#include "input/locks.h"
#include "input/patch_arguments.h"
#include "match/difference_words.h"
#include "match/recognise.h"
#include "match/recording.h"
#include "match/search.h"
#include "match/stereo_width.h"
#include "measure/picture.h"
#include "param/patch_keys.h"
#include "param/render_table.h"
#include "sound_file/sound_file.h"
#include "system/file.h"
#include "system/output_file.h"
#include "system/output_registry.h"
#include "system/path.h"

namespace drumgen {
namespace {

/// Largest file that a recording is read from.
constexpr std::size_t max_recording_bytes = std::size_t{512} << 20;

/// A picture of a recording and one of its matches.
struct Picture {
    Patch patch;
    std::string bytes;
};

/// What a recording became: lines for standard output, pictures, and what there is to say.
struct Answer {
    std::string lines;
    std::vector<Picture> pictures;
    std::vector<std::string> notes;
    std::vector<std::string> problems;
    Status status = Status::done;
};

/// A recording with its hits.
struct Recording {
    Sound sound;  ///< its middle
    Signal side;  ///< what is not in it; of one channel empty
    std::vector<Hit> hits;
};

[[noreturn]] void refuse(const std::string& place, const std::string& problem) {
    throw Error(Status::invalid, message(place, "", problem));
}

Recording read_recording(const std::string& word, double sensitivity,
                         std::vector<std::string>& notes) {
    const std::string place = input_place(word);
    SoundFile file =
        read_sound(read_file(word, max_recording_bytes), place, Channels::both_or_mean);
    notes.insert(notes.end(), file.notes.begin(), file.notes.end());
    const double rate = file.sound.sample_rate_hz;
    if (rate < lowest_recording_hz || rate > highest_recording_hz) {
        refuse(place, formatted("has {} samples a second, which is not {} to {}",
                                number_to_text(rate), number_to_text(lowest_recording_hz),
                                number_to_text(highest_recording_hz)));
    }
    Recording recording{mid_of(file.sound), side_of(file.sound), {}};
    if (const double offset = take_out_offset(recording.sound); offset != 0) {
        notes.push_back(message(
            place, "", formatted("has a DC offset of {}, which is taken out", fixed(offset, 4))));
    }
    recording.hits = find_hits(recording.sound, sensitivity);
    if (recording.hits.empty()) {
        refuse(place, file.channels > 1
                          ? "is silent, or its channels cancel each other out; there is no hit"
                          : "is silent; there is no hit to match");
    }
    return recording;
}

/// What a patch of a recording is called: its file, without what a name may not hold.
std::string name_of(const std::string& word, std::size_t hit) {
    if (word == pipe_name) {
        return "";
    }
    const std::string stem = stem_of(word);
    std::string name;
    std::size_t count = 0;
    constexpr std::size_t most = patch_keys::max_name_length - 8;
    for (const Character& letter : characters_of(stem)) {
        if (letter.is_valid && !letter.is_control() && count < most) {
            name += letter.bytes;
            ++count;
        }
    }
    return hit > 1 ? formatted("{}-{}", name, hit) : name;
}

/// Settings of the whole sound that are chosen unless told otherwise.
constexpr std::array moving_settings{&RenderSettings::tilt_db, &RenderSettings::transient_db,
                                     &RenderSettings::low_cut_hz, &RenderSettings::high_cut_hz,
                                     &RenderSettings::width};

constexpr std::string_view setting_prefix = "render.";

/// Locks as statements of a patch: "render.tilt_db=2" for "tilt_db=2".
std::vector<std::string> stated_locks(std::vector<std::string> locks) {
    for (std::string& lock : locks) {
        const std::size_t equals = lock.find('=');
        if (equals != lock.npos && !lock.starts_with(setting_prefix) &&
            setting_named(lock.substr(0, equals))) {
            lock.insert(0, setting_prefix);
        }
    }
    return locks;
}

/// The render settings that may be chosen: those that --only names, or else the usual ones,
/// but for what is locked.
std::vector<bool> free_settings(const MatchRequest& request) {
    std::vector<bool> settings(render_parameters().size());
    std::vector<std::string> only = request.only;
    for (const std::size_t setting : settings_among(only)) {
        settings[setting] = true;
    }
    if (request.only.empty()) {
        for (const auto setting : moving_settings) {
            settings[render_row_of(setting)] = true;
        }
    }
    std::vector<std::string> locked = locked_keys(stated_locks(request.lock));
    for (const std::size_t setting : settings_among(locked)) {
        settings[setting] = false;
    }
    return settings;
}

MatchWish wish_for(const Instrument& instrument, const MatchRequest& request) {
    MatchWish wish;
    const std::vector<std::string> locks = stated_locks(request.lock);
    wish.base = locked_base(instrument, request.like, locks);
    wish.starts_at_base = request.like.has_value();
    const Freedom freedom = freedom_with_settings(wish.base, request.only, locked_keys(locks));
    wish.freedom.params = freedom.rows;
    wish.freedom.seed = freedom.seed;
    wish.freedom.render = free_settings(request);
    // It is measured: the search hears the middle.
    wish.freedom.render[render_row_of(&RenderSettings::width)] = false;
    wish.is_whole = request.lock.empty() && request.only.empty() && !request.like;
    wish.count = request.count;
    return wish;
}

/// Matches a recording with the instrument that is asked for, or that its name or else its sound
/// tells.
class Matcher {
public:
    Matcher(const MatchRequest& request, unsigned threads) : request_(request), threads_(threads) {}

    Answer answer(const std::string& word) const {
        Answer answer;
        try {
            match(word, answer);
        } catch (const Error& error) {
            answer.problems = error.problems();
            answer.status = error.status();
        }
        return answer;
    }

private:
    void match(const std::string& word, Answer& answer) const {
        const Recording recording = read_recording(word, request_.sensitivity, answer.notes);
        if (request_.hit > recording.hits.size()) {
            refuse(input_place(word),
                   formatted("has {} {}, and hit {} is asked for; --hits lists them",
                             recording.hits.size(), recording.hits.size() == 1 ? "hit" : "hits",
                             request_.hit));
        }
        const Hit& hit = recording.hits[request_.hit - 1];
        if (recording.hits.size() > 1 && request_.hit == 1) {
            answer.notes.push_back(message(
                input_place(word), "",
                formatted("has {} hits; the first is matched (others: --hit N, --hits lists them)",
                          recording.hits.size())));
        }
        const HitTable wanted = table_of_hit(recording.sound, hit);
        const std::string name = name_of(word, request_.hit);
        std::vector<Match> matches = search(wanted, name);
        for (Match& found : matches) {
            found.patch.name = name;
            take_width(recording, hit, found.patch);
            const double distance_db = math::nearest(found.difference.level_db, 100);
            const std::string differs = difference_words(wanted, found.table);
            answer.lines +=
                patch_to_json(found.patch, {.distance_db = distance_db, .differs = differs}) + "\n";
            if (!request_.plot.empty()) {
                const Sound both = side_by_side(recording.sound, hit, found.patch);
                const std::string title =
                    formatted("{}, and {} at {} dB: {}", input_place(word),
                              found.patch.instrument->name, number_to_text(distance_db), differs);
                answer.pictures.push_back(
                    {found.patch,
                     picture_format_of(request_.plot).draw(both, measure_features(both), title)});
            }
        }
    }

    /// Puts the width of a recording of two channels into a patch, unless that is locked.
    void take_width(const Recording& recording, const Hit& hit, Patch& patch) const {
        const std::size_t row = render_row_of(&RenderSettings::width);
        if (recording.side.empty() || !free_settings(request_)[row]) {
            return;
        }
        const double width = width_like(recording.sound, recording.side, hit, patch);
        constexpr double least = 0.02;
        patch.render[row].reset();
        if (width > least) {
            patch.render[row] = Value{math::nearest(width, 100), Origin::given};
        }
    }

    [[nodiscard]] const Instrument& instrument_of(const HitTable& wanted,
                                                  const std::string& name) const {
        if (request_.instrument != nullptr) {
            return *request_.instrument;
        }
        const Instrument* named = instrument_in_name(name);
        return named != nullptr ? *named : *instruments_like(wanted).front();
    }

    [[nodiscard]] std::vector<Match> search(const HitTable& wanted, const std::string& name) const {
        MatchWish wish = wish_for(instrument_of(wanted, name), request_);
        wish.evaluations = request_.evaluations;
        wish.threads = threads_;
        std::vector<Match> matches;
        for (Match& found : search_matches(wanted, wish)) {
            matches.push_back(measured_match(wanted, std::move(found.patch)));
        }
        std::stable_sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
            return a.difference.total() < b.difference.total();
        });
        return matches;
    }

    const MatchRequest& request_;
    unsigned threads_;
};

/// The hits of one recording, a line each.
Answer hits_of(const std::string& word, double sensitivity) {
    Answer answer;
    try {
        const Recording recording = read_recording(word, sensitivity, answer.notes);
        for (std::size_t k = 0; k < recording.hits.size(); ++k) {
            const Hit& hit = recording.hits[k];
            const auto kinds = recording.hits.size() > 1
                                   ? instruments_in_loop(table_in_loop(recording.sound, hit))
                                   : instruments_like(table_of_hit(recording.sound, hit));
            const auto thousandths = [](double x) { return math::nearest(x, 1000); };
            JsonWriter writer;
            answer.lines += writer.begin_object()
                                .member("path", input_place(word))
                                .member("hit", k + 1)
                                .member("at_s", thousandths(hit.at_s))
                                .member("length_s", thousandths(hit.length_s))
                                .member("peak_db", thousandths(hit.peak_db))
                                .member("instrument", kinds.front()->name)
                                .end()
                                .text() +
                            "\n";
        }
    } catch (const Error& error) {
        answer.problems = error.problems();
        answer.status = error.status();
    }
    return answer;
}

/// Writes pictures under names that no input and no other picture has.
class PictureWriter {
public:
    explicit PictureWriter(const MatchRequest& request) {
        if (request.plot.empty()) {
            return;
        }
        (void)picture_format_of(request.plot);
        template_.emplace("--plot", request.plot);
        const bool is_one = request.words.size() == 1 && request.count == 1;
        if (request.plot == pipe_name || (!is_one && !template_->varies())) {
            throw Error(Status::invalid,
                        formatted("--plot {} is the name of one file, and there may be many "
                                  "pictures; add {{index}} to the name",
                                  in_quotes(request.plot)));
        }
        for (const std::string& word : request.words) {
            registry_.reads(word);
        }
    }

    void write(const std::vector<Picture>& pictures) {
        for (const auto& [patch, bytes] : pictures) {
            const std::string path = template_->path(output_name(patch, position_, 1, ""));
            ++position_;
            const std::string problem =
                registry_.writes({"--plot", path, patch.name, template_->text()});
            if (!problem.empty()) {
                throw Error(Status::invalid, problem);
            }
            write_file(path, bytes_of(bytes), Overwrite::yes);
        }
    }

private:
    std::optional<OutputTemplate> template_;
    OutputRegistry registry_;
    std::uint64_t position_ = 0;
};

/// Answers for all words, in their order.
Status answer_all(const MatchRequest& request, unsigned threads, Reporter& reporter,
                  const std::function<Answer(const std::string&)>& answer_of) {
    if (request.words.empty()) {
        throw Error(Status::invalid,
                    "match: of which recordings? Name sound files, or - for standard input");
    }
    check_stdin_once(request.words);
    Status status = Status::done;
    std::size_t next = 0;
    PictureWriter pictures(request);
    reporter.begin(request.words.size() > 1 ? request.words.size() : 0);
    const Batch<std::string, Answer> batch{[&](std::string& word, bool) {
                                               if (next == request.words.size()) {
                                                   return Supply::end;
                                               }
                                               word = request.words[next++];
                                               return Supply::item;
                                           },
                                           [&](const std::string& word) { return answer_of(word); },
                                           [&](const Answer& answer) {
                                               for (const std::string& note : answer.notes) {
                                                   reporter.note(note);
                                               }
                                               for (const std::string& problem : answer.problems) {
                                                   reporter.problem(problem);
                                               }
                                               write_stdout(answer.lines);
                                               pictures.write(answer.pictures);
                                               reporter.step(0);
                                               status = std::max(status, answer.status);
                                               return true;
                                           }};
    run_batch(batch, threads);
    reporter.end();
    return status;
}

}  // namespace

Status match_sounds(const MatchRequest& request, Reporter& reporter) {
    // Told before anything is read.
    if (request.instrument != nullptr) {
        (void)wish_for(*request.instrument, request);
    }
    // Many recordings at once, or many sounds of one.
    const auto words = static_cast<unsigned>(std::max<std::size_t>(request.words.size(), 1));
    const unsigned at_once = std::min(request.jobs, words);
    const Matcher matcher(request, std::max(request.jobs / at_once, 1U));
    return answer_all(request, at_once, reporter,
                      [&matcher](const std::string& word) { return matcher.answer(word); });
}

Status list_hits(const MatchRequest& request, Reporter& reporter) {
    return answer_all(request, request.jobs, reporter, [&request](const std::string& word) {
        return hits_of(word, request.sensitivity);
    });
}

}  // namespace drumgen

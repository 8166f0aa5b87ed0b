#include "session/match_sounds.h"

#include <algorithm>
#include <array>
#include <functional>
#include <span>
#include <utility>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "batch/batch_request.h"
#include "batch/output_template.h"
#include "batch/run_batch.h"
#include "drumgen/patch_json.h"
#include "input/patch_arguments.h"
#include "match/hit_line.h"
#include "match/match_hit.h"
#include "match/recognise.h"
#include "match/recording.h"
#include "measure/picture.h"
#include "session/recording_file.h"
#include "system/output_file.h"
#include "system/output_registry.h"

namespace drumgen {
namespace {

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
            throw Error(
                Status::invalid,
                message(input_place(word), "",
                        formatted("has {} {}, and hit {} is asked for; --hits lists them",
                                  recording.hits.size(),
                                  recording.hits.size() == 1 ? "hit" : "hits", request_.hit)));
        }
        const Hit& hit = recording.hits[request_.hit - 1];
        if (recording.hits.size() > 1 && request_.hit == 1) {
            answer.notes.push_back(message(
                input_place(word), "",
                formatted("has {} hits; the first is matched (others: --hit N, --hits lists them)",
                          recording.hits.size())));
        }
        const HitTable wanted = table_of_hit(recording.sound, hit);
        const std::string name = recording_name(word, request_.hit);
        MatchOptions options = request_.options;
        options.threads = threads_;
        for (Match& found :
             match_hit(recording, hit, wanted, instrument_for(wanted, name), options)) {
            found.patch.name = name;
            const PatchTold told = told_of(wanted, found);
            answer.lines += patch_to_json(found.patch, told) + "\n";
            if (!request_.plot.empty()) {
                const Sound both = side_by_side(recording.sound, hit, found.patch);
                const std::string title = formatted(
                    "{}, and {} at {} dB: {}", input_place(word), found.patch.instrument->name,
                    number_to_text(*told.distance_db), told.differs);
                answer.pictures.push_back(
                    {found.patch,
                     picture_format_of(request_.plot).draw(both, measure_features(both), title)});
            }
        }
    }

    [[nodiscard]] const Instrument& instrument_for(const HitTable& wanted,
                                                   const std::string& name) const {
        return request_.instrument != nullptr ? *request_.instrument : instrument_of(wanted, name);
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
            JsonWriter writer;
            writer.begin_object().member("path", input_place(word));
            write_hit(writer, recording, k);
            answer.lines += writer.end().text() + "\n";
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
        const bool is_one = request.words.size() == 1 && request.options.count == 1;
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
        check_options(*request.instrument, request.options);
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

#include "io/ratings.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <span>
#include <string_view>

#include "base/json_writer.h"
#include "base/text.h"
#include "drumgen/error.h"
#include "drumgen/patch_json.h"
#include "io/file.h"
#include "io/json_text.h"
#include "io/line_reader.h"
#include "io/output_file.h"
#include "io/patch_object.h"
#include "param/patch_keys.h"

namespace drumgen {
namespace {

using nlohmann::json;

constexpr std::string_view time_key = "time";
constexpr std::string_view label_key = "label";
constexpr std::string_view patch_key = "patch";
constexpr std::string_view features_key = "features";
constexpr std::string_view features_version_key = "features_version";
constexpr std::string_view undo_key = "undo";
constexpr std::string_view like = "like";
constexpr std::string_view dislike = "dislike";

/// Begins an object, with what --list shows.
JsonWriter begun(const Rating& rating) {
    JsonWriter writer;
    writer.begin_object()
        .member(time_key, rating.time)
        .member(label_key, rating.is_liked ? like : dislike)
        .member_json(patch_key, patch_to_json(rating.patch));
    return writer;
}

std::string line_of(const Rating& rating) {
    return begun(rating)
        .member(features_version_key, rating.features_version)
        .member_json(features_key, rating.features_json)
        .end()
        .line();
}

/// The instrument of a rating that stands as line_of() writes it; none for any other line.
std::optional<std::string_view> kind_of(std::string_view line) {
    // The time holds no quote, the label is a word, and the patch begins with its instrument.
    std::string_view left = line;
    const auto skip = [&left](std::string_view text) {
        const bool is_next = left.starts_with(text);
        left.remove_prefix(is_next ? text.size() : 0);
        return is_next;
    };
    const auto word = [&left] {
        const std::string_view text = left.substr(0, left.find('"'));
        left.remove_prefix(text.size());
        return text;
    };
    if (!line.ends_with("}}") || !skip("{\"time\": \"")) {
        return std::nullopt;
    }
    (void)word();
    if (!skip("\", \"label\": \"")) {
        return std::nullopt;
    }
    if (const std::string_view label = word(); label != like && label != dislike) {
        return std::nullopt;
    }
    if (!skip("\", \"patch\": {\"instrument\": \"")) {
        return std::nullopt;
    }
    return word();
}

/// How the features begin in such a line. No string of JSON holds a quote like these.
constexpr std::string_view features_begin = ", \"features_version\": ";

/// How many ratings a line takes back; 0 for any other line.
std::size_t undone_by(const std::string& line) {
    if (line.find(undo_key) == line.npos) {
        return 0;
    }
    const JsonText parsed = parse_json(line);
    if (!parsed.value || !parsed.value->is_object() || !parsed.value->contains(undo_key)) {
        return 0;
    }
    const json& count = parsed.value->at(undo_key);
    return count.is_number_unsigned() ? count.get<std::size_t>() : 0;
}

/// A store that nobody else writes to while this lives.
class LockedStore {
public:
    explicit LockedStore(const std::string& path) : path_(path) {
        const std::filesystem::path folder = std::filesystem::path(path).parent_path();
        std::error_code ignored;  // open() tells better
        std::filesystem::create_directories(folder, ignored);
        descriptor_ = open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
        if (descriptor_ < 0) {
            fail_with_errno("write", path);
        }
        while (flock(descriptor_, LOCK_EX) != 0) {
            if (errno != EINTR) {
                close(descriptor_);
                fail_with_errno("lock", path);
            }
        }
    }
    ~LockedStore() { close(descriptor_); }
    LockedStore(const LockedStore&) = delete;
    LockedStore& operator=(const LockedStore&) = delete;

    /// Adds lines in one write, after ending one that is torn.
    void append(std::string lines) {
        char last = '\n';
        const off_t end = lseek(descriptor_, 0, SEEK_END);
        if (end > 0 && pread(descriptor_, &last, 1, end - 1) != 1) {
            fail_with_errno("read", path_);
        }
        if (last != '\n') {
            lines.insert(lines.begin(), '\n');
        }
        try {
            write_to(descriptor_,
                     std::span(reinterpret_cast<const std::uint8_t*>(lines.data()), lines.size()),
                     path_);
        } catch (const Error&) {
            // What was written of it is no line of anybody's.
            (void)!ftruncate(descriptor_, end);
            throw;
        }
        if (fdatasync(descriptor_) != 0 && errno != EINVAL) {
            fail_with_errno("write", path_);
        }
    }

private:
    const std::string& path_;
    int descriptor_;
};

/// Takes away parameters that the patch's instrument does not have, or has no more.
///   returns   whether there were any
bool leave_out_unknown(json& patch) {
    const auto name = patch.find(patch_keys::instrument);
    const auto params = patch.find(patch_keys::params);
    if (name == patch.end() || !name->is_string() || params == patch.end() ||
        !params->is_object()) {
        return false;
    }
    const Instrument* const instrument = instrument_named(name->get_ref<const std::string&>());
    if (instrument == nullptr) {
        return false;
    }
    const std::span<const Parameter> rows = instrument->parameters;
    std::vector<std::string> unknown;
    for (const auto& [key, value] : params->items()) {
        if (std::none_of(rows.begin(), rows.end(),
                         [&key = key](const Parameter& row) { return row.id.view() == key; })) {
            unknown.push_back(key);
        }
    }
    for (const std::string& key : unknown) {
        params->erase(key);
    }
    return !unknown.empty();
}

/// Reads one line into the ratings, or tells what is wrong with it.
void read_line(const std::string& text, const std::string& place, Ratings& ratings) {
    JsonText parsed = parse_json(text);
    const auto refuse = [&](const std::string& reason) {
        ratings.problems.push_back(formatted("{}: {}", place, reason));
    };
    if (!parsed.value || !parsed.problems.empty() || !parsed.value->is_object()) {
        refuse("is damaged, no rating");
        return;
    }
    json& line = *parsed.value;
    if (line.contains(undo_key)) {
        const json& count = line.at(undo_key);
        if (!count.is_number_unsigned() || count.get<std::size_t>() > ratings.ratings.size()) {
            refuse("undoes more ratings than there are");
            return;
        }
        ratings.ratings.resize(ratings.ratings.size() - count.get<std::size_t>());
        return;
    }
    Rating rating;
    const auto label = line.find(label_key);
    const auto patch = line.find(patch_key);
    if (label == line.end() || (*label != like && *label != dislike) || patch == line.end()) {
        refuse("has no label like or dislike, or no patch");
        return;
    }
    rating.is_liked = *label == like;
    if (const auto time = line.find(time_key); time != line.end() && time->is_string()) {
        rating.time = time->get<std::string>();
    }
    if (const auto features = line.find(features_key); features != line.end()) {
        rating.features_json = features->dump();
    }
    // Lines of before there were versions have none.
    if (const auto version = line.find(features_version_key);
        version != line.end() && version->is_number_integer()) {
        rating.features_version = version->get<int>();
    }
    PatchReading reading;
    reading.clamp = true;
    std::vector<std::string> problems;
    const bool is_adapted = leave_out_unknown(*patch);
    rating.patch = patch_from_object(*patch, reading, problems);
    if (!problems.empty()) {
        refuse(problems.front());
        return;
    }
    ratings.adapted += is_adapted || !reading.notes.empty() ? 1 : 0;
    ratings.ratings.push_back(std::move(rating));
}

}  // namespace

std::string rating_json(const Rating& rating) {
    return begun(rating).end().line();
}

std::string ratings_path() {
    const auto variable = [](const char* name) {
        const char* const value = std::getenv(name);
        return std::string(value == nullptr ? "" : value);
    };
    if (std::string path = variable("DRUMGEN_RATINGS"); !path.empty()) {
        return path;
    }
    std::string data = variable("XDG_DATA_HOME");
    if (!data.starts_with('/')) {  // a relative one is invalid by the XDG specification
        const std::string home = variable("HOME");
        if (home.empty()) {
            throw Error(
                Status::invalid,
                "nowhere to keep ratings: HOME is not set; name a file with --ratings FILE");
        }
        data = home + "/.local/share";
    }
    return data + "/drumgen/ratings.jsonl";
}

Ratings read_ratings(const std::string& path) {
    if (access(path.c_str(), F_OK) != 0 && errno == ENOENT) {
        return {};
    }
    LineReader reader(path);
    return read_ratings(reader);
}

Ratings read_ratings(LineReader& reader) {
    Ratings ratings;
    LineReader::Line line;
    while (reader.next(line)) {
        read_line(line.text, formatted("{}:{}", reader.place(), line.number), ratings);
    }
    return ratings;
}

std::vector<std::string> skipped_lines(const Ratings& ratings) {
    std::vector<std::string> told;
    for (const std::string& problem : ratings.problems) {
        told.push_back(problem + "; the line is skipped");
    }
    return first_problems(std::move(told));
}

std::vector<std::string> adapted_ratings(const Ratings& ratings) {
    if (ratings.adapted == 0) {
        return {};
    }
    return {
        formatted("{} ratings are of other parameters than there are now; unknown ones are "
                  "left out, and values held inside their limits",
                  ratings.adapted)};
}

Ratings read_newest_ratings(const std::string& path, const Instrument& instrument,
                            std::size_t most) {
    Ratings newest;
    if (access(path.c_str(), F_OK) != 0 && errno == ENOENT) {
        return newest;
    }
    std::vector<LineReader::Line> lines;
    LineReader reader(path);
    LineReader::Line read;
    while (reader.next(read)) {
        lines.push_back(std::move(read));
    }
    // From the end: an undoing takes back the ratings before it that count.
    std::size_t undone = 0;
    for (auto line = lines.rbegin(); line != lines.rend() && newest.ratings.size() < most; ++line) {
        const std::optional<std::string_view> kind = kind_of(line->text);
        if (kind && (undone > 0 || *kind != instrument.name)) {
            undone -= undone > 0 ? 1 : 0;
            continue;
        }
        if (const std::size_t count = undone_by(line->text); count > 0) {
            undone += count;
            continue;
        }
        Ratings one;
        // The features at the end are most of the text, and nobody asks for them.
        const std::size_t end = kind ? line->text.find(features_begin) : line->text.npos;
        const std::string text =
            end == line->text.npos ? line->text : line->text.substr(0, end) + "}";
        read_line(text, formatted("{}:{}", path, line->number), one);
        newest.problems.insert(newest.problems.end(), one.problems.begin(), one.problems.end());
        if (one.ratings.empty()) {
            continue;
        }
        if (undone > 0) {
            --undone;
        } else if (one.ratings.front().patch.instrument == &instrument) {
            newest.adapted += one.adapted;
            newest.ratings.push_back(std::move(one.ratings.front()));
        }
    }
    std::reverse(newest.ratings.begin(), newest.ratings.end());
    std::reverse(newest.problems.begin(), newest.problems.end());
    return newest;
}

void append_ratings(const std::string& path, const std::vector<Rating>& ratings) {
    std::string lines;
    for (const Rating& rating : ratings) {
        lines += line_of(rating);
    }
    if (output_target(path, Overwrite::yes).is_through) {
        const std::span bytes(reinterpret_cast<const std::uint8_t*>(lines.data()), lines.size());
        return write_file(path, bytes, Overwrite::yes);
    }
    LockedStore(path).append(std::move(lines));
}

void undo_ratings(const std::string& path, std::size_t count, const std::string& time) {
    if (access(path.c_str(), F_OK) != 0) {
        throw Error(Status::invalid, path + " holds no ratings to take back");
    }
    if (output_target(path, Overwrite::yes).is_through) {
        throw Error(Status::invalid, path + " is a device or FIFO, which keeps no ratings");
    }
    LockedStore store(path);
    const std::size_t known = read_ratings(path).ratings.size();
    if (count > known) {
        throw Error(Status::invalid, formatted("{} holds {} ratings, so {} can't be taken back",
                                               path, known, count));
    }
    JsonWriter writer;
    store.append(writer.begin_object().member(time_key, time).member(undo_key, count).end().line());
}

}  // namespace drumgen

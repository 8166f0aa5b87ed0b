#include "io/ratings.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <span>
#include <string_view>

#include "base/error.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "io/file.h"
#include "io/json_text.h"
#include "io/line_reader.h"
#include "io/output_file.h"
#include "io/patch_json.h"
#include "io/patch_object.h"

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

/// Reads one line into the ratings, or tells what is wrong with it.
void read_line(const std::string& text, const std::string& place, Ratings& ratings) {
    const JsonText parsed = parse_json(text);
    const auto refuse = [&](const std::string& reason) {
        ratings.problems.push_back(fmt::format("{}: {}; the line is skipped", place, reason));
    };
    if (!parsed.value || !parsed.problems.empty() || !parsed.value->is_object()) {
        refuse("is damaged, no rating");
        return;
    }
    const json& line = *parsed.value;
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
    std::vector<std::string> problems;
    rating.patch = patch_from_object(*patch, reading, problems);
    if (!problems.empty()) {
        refuse(problems.front());
        return;
    }
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
    Ratings ratings;
    if (access(path.c_str(), F_OK) != 0 && errno == ENOENT) {
        return ratings;
    }
    LineReader reader(path);
    LineReader::Line line;
    while (reader.next(line)) {
        read_line(line.text, fmt::format("{}:{}", path, line.number), ratings);
    }
    return ratings;
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
        throw Error(Status::invalid, fmt::format("{} holds {} ratings, so {} can't be taken back",
                                                 path, known, count));
    }
    JsonWriter writer;
    store.append(writer.begin_object().member(time_key, time).member(undo_key, count).end().line());
}

}  // namespace drumgen

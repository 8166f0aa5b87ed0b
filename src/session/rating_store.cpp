#include "session/rating_store.h"

#include <array>
#include <cerrno>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "base/text.h"
#include "drumgen/error.h"
#include "system/environment.h"
#include "system/file.h"
#include "system/output_file.h"
#include "system/path.h"

namespace drumgen {
namespace {

/// Is there none at all? What can't be looked at shows when it is opened.
bool is_missing(const std::string& path) {
    return !exists(path) && errno == ENOENT;
}

constexpr std::uint64_t max_ratings_bytes = std::uint64_t{256} << 20;
constexpr std::size_t max_ratings = 200000;
constexpr std::string_view begin_another = "begin another with --ratings FILE";

void allow_ratings(LineReader& reader) {
    reader.allow({max_ratings_bytes, max_ratings, std::string(begin_another)});
}

/// A store that nobody else writes to while this lives.
class LockedStore {
public:
    explicit LockedStore(const std::string& path) : path_(path) {
        make_folders(parent_of(path));
        file_ = File(file_system().open(path, Access::append_or_create));
        if (!file_.is_open()) {
            fail_with_errno("write", path);
        }
        if (!file_system().lock(file_.number())) {
            fail_with_errno("lock", path);
        }
    }

    /// Adds lines in one write, after ending one that is torn.
    void append(std::string lines) {
        const std::optional<FileStatus> status = file_system().status(file_.number());
        const std::uint64_t end = status ? status->size : 0;
        if (end + lines.size() > max_ratings_bytes) {
            throw Error(Status::invalid,
                        formatted("{} would be larger than the limit of {} MiB; {}", path_,
                                  max_ratings_bytes >> 20, begin_another));
        }
        std::array<std::uint8_t, 1> last{'\n'};
        if (end > 0 && file_system().read_at(file_.number(), last, end - 1) != 1) {
            fail_with_errno("read", path_);
        }
        if (last[0] != '\n') {
            lines.insert(lines.begin(), '\n');
        }
        try {
            write_to(file_.number(), bytes_of(lines), path_);
        } catch (const Error&) {
            // What was written of it is no line of anybody's.
            (void)file_system().truncate(file_.number(), end);
            throw;
        }
        if (!file_system().sync(file_.number())) {
            fail_with_errno("write", path_);
        }
    }

private:
    const std::string& path_;
    File file_;
};

}  // namespace

std::string ratings_path() {
    if (const auto path = environment_variable("DRUMGEN_RATINGS"); path && !path->empty()) {
        return *path;
    }
    const std::string data = data_folder();
    if (data.empty()) {
        throw Error(Status::invalid,
                    formatted("nowhere to keep ratings: {} is not set; name a file with --ratings "
                              "FILE",
                              variable_of_data_folder()));
    }
    return data + "/drumgen/ratings.jsonl";
}

Ratings read_ratings(const std::string& path) {
    if (is_missing(path)) {
        return {};
    }
    LineReader reader(path);
    return read_ratings(reader);
}

Ratings read_ratings(LineReader& reader) {
    allow_ratings(reader);
    Ratings ratings;
    NumberedLine line;
    while (reader.next(line)) {
        read_rating(line.text, formatted("{}:{}", reader.place(), line.number), ratings);
    }
    return ratings;
}

Ratings read_newest_ratings(const std::string& path, const Instrument& instrument,
                            std::size_t most) {
    if (is_missing(path)) {
        return {};
    }
    std::vector<NumberedLine> lines;
    LineReader reader(path);
    allow_ratings(reader);
    NumberedLine line;
    while (reader.next(line)) {
        lines.push_back(std::move(line));
    }
    return newest_ratings(lines, path, instrument, most);
}

void append_ratings(const std::string& path, const std::vector<Rating>& ratings) {
    std::string lines;
    for (const Rating& rating : ratings) {
        lines += rating_line(rating);
    }
    if (output_target(path, Overwrite::yes).is_through) {
        return write_file(path, bytes_of(lines), Overwrite::yes);
    }
    LockedStore(path).append(std::move(lines));
}

void undo_ratings(const std::string& path, std::size_t count, const std::string& time) {
    if (!exists(path)) {
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
    store.append(undo_line(count, time));
}

}  // namespace drumgen

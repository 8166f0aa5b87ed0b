#include "batch/manifest.h"

#include <algorithm>
#include <cerrno>
#include <span>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/text.h"
#include "drumgen/error.h"
#include "system/file.h"

namespace drumgen {
namespace {

/// Bytes up to the end of the last whole line; what a crash tore is behind it.
std::uint64_t whole_lines(const File& file) {
    constexpr std::uint64_t chunk = 1 << 16;
    const std::optional<FileStatus> status = file_system().status(file.number());
    std::vector<std::uint8_t> bytes(chunk);
    for (std::uint64_t end = status ? status->size : 0; end > 0;) {
        const std::uint64_t begin = end - std::min(end, chunk);
        const std::ptrdiff_t count =
            file_system().read_at(file.number(), std::span(bytes).first(end - begin), begin);
        if (count <= 0) {
            return 0;
        }
        const std::size_t newline =
            text_in(std::span(bytes).first(static_cast<std::size_t>(count))).rfind('\n');
        if (newline != std::string_view::npos) {
            return begin + newline + 1;
        }
        end = begin;
    }
    return 0;
}

/// The first bytes of a file to another. Throws Error (failed).
void copy_bytes(const std::string& from, std::uint64_t count, const File& to,
                const std::string& path) {
    const File source = open_to_read(from);
    std::vector<std::uint8_t> chunk(1 << 16);
    while (count > 0) {
        const std::size_t some = read_some(
            source, std::span(chunk).first(std::min<std::uint64_t>(chunk.size(), count)), from);
        if (some == 0) {
            throw Error(Status::failed, from + " has become shorter meanwhile");
        }
        write_to(to.number(), std::span(chunk).first(some), path);
        count -= some;
    }
}

}  // namespace

std::string Manifest::part_of(const std::string& path) {
    const OutputTarget target = output_target(path, Overwrite::yes);
    return target.is_through ? "" : target.path + ".part";
}

Manifest::Manifest(const std::string& path, bool resume, Overwrite overwrite)
    : overwrite_(resume ? Overwrite::yes : overwrite) {
    const OutputTarget target = output_target(path, overwrite_);
    path_ = target.path;
    part_ = path_ + ".part";
    if (target.is_through) {
        if (resume) {
            throw Error(Status::invalid, formatted("--manifest {} is no file that --resume could "
                                                   "take up; leave out --resume, or name a file",
                                                   in_quotes(path)));
        }
        through_.emplace(path, overwrite_);
    } else if (resume && exists(part_)) {
        take_up();
    } else if (resume && target.exists) {
        earlier_path_ = path_;
        earlier_ = std::make_unique<LineReader>(path_);
        is_cut_ = false;
    } else {
        begin();
    }
}

void Manifest::begin() {
    // What a broken run left, or a name of somebody else's file, which must keep its content.
    if (!file_system().remove(part_.c_str()) && errno != ENOENT && errno != ENOTDIR) {
        fail_with_errno("write", part_);
    }
    file_ = File(file_system().open(part_, Access::create));
    if (!file_.is_open()) {
        fail_with_errno("write", part_);
    }
}

void Manifest::take_up() {
    file_ = File(file_system().open(part_, Access::update));
    const std::optional<FileStatus> status =
        file_.is_open() ? file_system().status(file_.number()) : std::nullopt;
    if (!status) {
        fail_with_errno("resume", part_);
    }
    if (!status->is_regular()) {
        throw Error(Status::invalid, part_ + " is no file that --resume could take up; remove it");
    }
    const std::uint64_t whole = whole_lines(file_);
    if (!file_system().truncate(file_.number(), whole)) {
        fail_with_errno("write", part_);
    }
    if (whole > 0) {
        earlier_path_ = part_;
        earlier_ = std::make_unique<LineReader>(part_);
        is_cut_ = false;
    }
}

std::optional<std::string> Manifest::known() {
    NumberedLine line;
    if (earlier_ && earlier_->next(line)) {
        return std::move(line.text);
    }
    earlier_.reset();
    return std::nullopt;
}

void Manifest::keep(const std::string& line) {
    size_ += line.size() + 1;
}

void Manifest::append(const std::string& line) {
    if (through_) {
        through_->write(bytes_of(line));
        return;
    }
    if (!is_cut_) {
        earlier_.reset();
        if (!file_.is_open()) {
            begin();
            copy_bytes(path_, size_, file_, part_);
        } else if (!file_system().truncate(file_.number(), size_)) {
            fail_with_errno("write", part_);
        }
        is_cut_ = true;
    }
    write_at(file_.number(), bytes_of(line), size_, part_);
    size_ += line.size();
}

void Manifest::finish() {
    if (through_) {
        through_->close(Durable::no);
        return;
    }
    if (!is_cut_ && known()) {
        throw Error(Status::invalid, earlier_path_ +
                                         " lists more sounds than are given; leave out "
                                         "--resume to begin anew");
    }
    if (!file_.is_open()) {
        return;  // the complete list of the earlier run holds
    }
    if (!file_system().sync(file_.number()) ||
        !file_system().rename(part_, path_, overwrite_ == Overwrite::yes)) {
        fail_with_errno("write", path_);
    }
}

}  // namespace drumgen

#include "io/manifest.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <span>
#include <utility>
#include <vector>

#include "base/text.h"
#include "drumgen/error.h"
#include "io/file.h"
#include "io/temporary_file.h"

namespace drumgen {
namespace {

/// Bytes up to the end of the last whole line; what a crash tore is behind it.
std::uint64_t whole_lines(int descriptor) {
    constexpr off_t chunk = 1 << 16;
    struct stat status {};
    if (fstat(descriptor, &status) != 0) {
        return 0;
    }
    std::string text(chunk, '\0');
    for (off_t end = status.st_size; end > 0;) {
        const off_t begin = std::max<off_t>(end - chunk, 0);
        const ssize_t count =
            pread(descriptor, text.data(), static_cast<std::size_t>(end - begin), begin);
        if (count <= 0) {
            return 0;
        }
        const std::size_t newline =
            std::string_view(text).substr(0, static_cast<std::size_t>(count)).rfind('\n');
        if (newline != std::string_view::npos) {
            return static_cast<std::uint64_t>(begin) + newline + 1;
        }
        end = begin;
    }
    return 0;
}

/// The first bytes of a file to another. Throws Error (failed).
void copy_bytes(const std::string& from, std::uint64_t count, int to, const std::string& path) {
    const int source = open(from.c_str(), O_RDONLY | O_CLOEXEC);
    if (source < 0) {
        fail_with_errno("read", from);
    }
    std::vector<std::uint8_t> chunk(1 << 16);
    while (count > 0) {
        const ssize_t read_now =
            read(source, chunk.data(), std::min<std::uint64_t>(chunk.size(), count));
        if (read_now <= 0) {
            close(source);
            fail_with_errno("read", from);
        }
        try {
            write_to(to, std::span(chunk).first(static_cast<std::size_t>(read_now)), path);
        } catch (const Error&) {
            close(source);
            throw;
        }
        count -= static_cast<std::uint64_t>(read_now);
    }
    close(source);
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
    } else if (resume && access(part_.c_str(), F_OK) == 0) {
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
    if (unlink(part_.c_str()) != 0 && errno != ENOENT && errno != ENOTDIR) {
        fail_with_errno("write", part_);
    }
    descriptor_ = open(part_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor_ < 0) {
        fail_with_errno("write", part_);
    }
}

void Manifest::take_up() {
    descriptor_ = open(part_.c_str(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat status {};
    if (descriptor_ < 0 || fstat(descriptor_, &status) != 0) {
        fail_with_errno("resume", part_);
    }
    if (!S_ISREG(status.st_mode)) {
        throw Error(Status::invalid, part_ + " is no file that --resume could take up; remove it");
    }
    const std::uint64_t whole = whole_lines(descriptor_);
    if (ftruncate(descriptor_, static_cast<off_t>(whole)) != 0) {
        fail_with_errno("write", part_);
    }
    if (whole > 0) {
        earlier_path_ = part_;
        earlier_ = std::make_unique<LineReader>(part_);
        is_cut_ = false;
    }
}

Manifest::~Manifest() {
    if (descriptor_ >= 0) {
        close(descriptor_);
    }
}

std::optional<std::string> Manifest::known() {
    LineReader::Line line;
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
    const std::span<const std::uint8_t> bytes(reinterpret_cast<const std::uint8_t*>(line.data()),
                                              line.size());
    if (through_) {
        through_->write(bytes);
        return;
    }
    if (!is_cut_) {
        earlier_.reset();
        if (descriptor_ < 0) {
            begin();
            copy_bytes(path_, size_, descriptor_, part_);
        } else if (ftruncate(descriptor_, static_cast<off_t>(size_)) != 0) {
            fail_with_errno("write", part_);
        }
        is_cut_ = true;
    }
    if (lseek(descriptor_, static_cast<off_t>(size_), SEEK_SET) < 0) {
        fail_with_errno("write", part_);
    }
    write_to(descriptor_, bytes, part_);
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
    if (descriptor_ < 0) {
        return;  // the complete list of the earlier run holds
    }
    if ((fsync(descriptor_) != 0 && errno != EINVAL) ||
        !rename_file(part_, path_, overwrite_ == Overwrite::yes)) {
        fail_with_errno("write", path_);
    }
}

}  // namespace drumgen

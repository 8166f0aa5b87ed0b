#include "io/manifest.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <span>
#include <utility>

#include "base/error.h"
#include "io/file.h"

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

}  // namespace

Manifest::Manifest(std::string path, bool resume) : path_(std::move(path)), part_(path_ + ".part") {
    if (resume && access(part_.c_str(), F_OK) != 0 && rename(path_.c_str(), part_.c_str()) != 0 &&
        errno != ENOENT) {
        fail_with_errno("resume", path_);
    }
    const int fresh = resume ? 0 : O_TRUNC;
    descriptor_ = open(part_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | fresh, 0666);
    if (descriptor_ < 0) {
        fail_with_errno("write", part_);
    }
    const std::uint64_t whole = resume ? whole_lines(descriptor_) : 0;
    if (ftruncate(descriptor_, static_cast<off_t>(whole)) != 0) {
        fail_with_errno("write", part_);
    }
    if (whole > 0) {
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
    if (!is_cut_) {
        earlier_.reset();
        if (ftruncate(descriptor_, static_cast<off_t>(size_)) != 0) {
            fail_with_errno("write", part_);
        }
        is_cut_ = true;
    }
    if (lseek(descriptor_, static_cast<off_t>(size_), SEEK_SET) < 0) {
        fail_with_errno("write", part_);
    }
    write_to(descriptor_,
             std::span(reinterpret_cast<const std::uint8_t*>(line.data()), line.size()), part_);
    size_ += line.size();
}

void Manifest::finish() {
    if (!is_cut_ && known()) {
        throw Error(Status::invalid,
                    part_ + " lists more sounds than are given; leave out --resume to begin anew");
    }
    if ((fsync(descriptor_) != 0 && errno != EINVAL) || rename(part_.c_str(), path_.c_str()) != 0) {
        fail_with_errno("write", path_);
    }
}

}  // namespace drumgen

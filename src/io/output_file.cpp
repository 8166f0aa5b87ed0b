#include "io/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "drumgen/error.h"
#include "io/file.h"
#include "io/temporary_file.h"

namespace drumgen {
namespace {

constexpr unsigned permission_bits = 0777;

bool names_a_descriptor(std::string_view path) {
    const bool is_process = path.starts_with("/proc/") && path.find("/fd/") != path.npos;
    return path == "/dev/stdout" || path == "/dev/stderr" || path.starts_with("/dev/fd/") ||
           is_process;
}

}  // namespace

std::string end_of_links(const std::string& path) {
    constexpr int longest = 40;  // links, as Linux allows
    std::filesystem::path at = path;
    for (int count = 0; count <= longest; ++count) {
        std::error_code error;
        if (names_a_descriptor(at.native()) || !std::filesystem::is_symlink(at, error)) {
            return at.string();
        }
        const std::filesystem::path next = std::filesystem::read_symlink(at, error);
        if (error) {
            return at.string();  // open() tells better
        }
        at = at.parent_path() / next;
    }
    errno = ELOOP;
    return "";
}

OutputTarget output_target(const std::string& path, Overwrite overwrite) {
    const auto refuse = [&path](int error) {
        errno = error;
        fail_with_errno("write", path);
    };
    OutputTarget target;
    target.path = end_of_links(path);
    if (target.path.empty() && !path.empty()) {
        fail_with_errno("write", path);
    }
    if (names_a_descriptor(target.path)) {
        target.is_through = target.exists = true;
        return target;
    }
    struct stat status {};
    target.exists = stat(target.path.c_str(), &status) == 0;
    if (target.exists && S_ISDIR(status.st_mode)) {
        refuse(EISDIR);
    }
    target.is_through = target.exists && !S_ISREG(status.st_mode);
    // With -n a link to nothing is a name that exists.
    if (overwrite == Overwrite::no && !target.is_through &&
        (target.exists || target.path != path)) {
        refuse(EEXIST);
    }
    if (target.exists && !target.is_through) {
        target.permissions = status.st_mode & permission_bits;
        if (faccessat(AT_FDCWD, target.path.c_str(), W_OK, AT_EACCESS) != 0) {
            fail_with_errno("write", path);
        }
    }
    return target;
}

std::string target_problem(const std::string& path, Overwrite overwrite) {
    try {
        (void)output_target(path, overwrite);
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

OutputFile::OutputFile(std::string path, Overwrite overwrite)
    : path_(std::move(path)), target_(output_target(path_, overwrite)), overwrite_(overwrite) {
    if (target_.is_through) {
        return;
    }
    file_ = std::make_unique<TemporaryFile>(folder_of(target_.path));
    if (file_->descriptor() < 0 ||
        (target_.exists && fchmod(file_->descriptor(), target_.permissions) != 0)) {
        fail_with_errno("write", path_);
    }
}

OutputFile::~OutputFile() {
    if (through_ >= 0) {
        ::close(through_);
    }
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      target_(std::move(other.target_)),
      overwrite_(other.overwrite_),
      file_(std::move(other.file_)),
      through_(std::exchange(other.through_, -1)) {}

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(target_, other.target_);
    std::swap(overwrite_, other.overwrite_);
    std::swap(file_, other.file_);
    std::swap(through_, other.through_);
    return *this;
}

void OutputFile::open_through() {
    if (through_ < 0) {
        // Appending, so that /dev/stdout after a shell's >> adds and does not overwrite.
        through_ = ::open(target_.path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY);
        if (through_ < 0) {
            fail_with_errno("write", path_);
        }
    }
}

int OutputFile::descriptor() const noexcept {
    return file_ ? file_->descriptor() : -1;
}

void OutputFile::write(std::span<const std::uint8_t> bytes) {
    if (target_.is_through) {
        open_through();
    }
    write_to(file_ ? file_->descriptor() : through_, bytes, path_);
}

void OutputFile::close(Durable durable) {
    if (target_.is_through) {
        open_through();  // a reader learns of an end, also of nothing
        if (::close(std::exchange(through_, -1)) != 0 && errno != EINTR) {
            fail_with_errno("write", path_);
        }
    } else if (!file_->finish(durable == Durable::yes)) {
        fail_with_errno("write", path_);
    }
}

void OutputFile::commit() {
    if (file_ && !file_->rename_to(target_.path, overwrite_ == Overwrite::yes)) {
        fail_with_errno("write", path_);
    }
}

PendingFile::PendingFile(std::string path, std::span<const std::uint8_t> bytes, Overwrite overwrite,
                         Durable durable)
    : file_(std::move(path), overwrite) {
    if (file_.is_through()) {
        through_.assign(bytes.begin(), bytes.end());
    } else {
        file_.write(bytes);
        file_.close(durable);
    }
}

void PendingFile::commit() {
    if (file_.is_through()) {
        file_.write(through_);
        file_.close(Durable::no);
    }
    file_.commit();
}

void write_file(const std::string& path, std::span<const std::uint8_t> bytes, Overwrite overwrite) {
    PendingFile(path, bytes, overwrite, Durable::yes).commit();
}

}  // namespace drumgen

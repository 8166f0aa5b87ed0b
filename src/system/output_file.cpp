#include "system/output_file.h"

#include <cerrno>
#include <string_view>
#include <utility>

#include "drumgen/error.h"
#include "system/path.h"
#include "system/temporary_file.h"

namespace drumgen {
namespace {

bool names_a_descriptor(std::string_view path) {
    const bool is_process = path.starts_with("/proc/") && path.find("/fd/") != path.npos;
    return path == "/dev/stdout" || path == "/dev/stderr" || path.starts_with("/dev/fd/") ||
           is_process;
}

}  // namespace

std::string end_of_links(const std::string& path) {
    constexpr int longest = 40;  // links, as Linux allows
    std::string at = path;
    for (int count = 0; count <= longest; ++count) {
        const std::optional<FileStatus> status =
            names_a_descriptor(at) ? std::nullopt : file_system().link_status(at);
        if (!status || !status->is_link()) {
            return at;
        }
        const std::optional<std::string> next = file_system().link_target(at);
        if (!next) {
            return at;  // opening it tells better
        }
        at = path_below(parent_of(at), *next);
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
    const std::optional<FileStatus> status = file_system().status(target.path);
    target.exists = status.has_value();
    if (status && status->is_folder()) {
        refuse(EISDIR);
    }
    target.is_through = status && !status->is_regular();
    // With -n a link to nothing is a name that exists.
    if (overwrite == Overwrite::no && !target.is_through &&
        (target.exists || target.path != path)) {
        refuse(EEXIST);
    }
    if (status && !target.is_through) {
        target.permissions = status->permissions;
        if (!file_system().may_write(target.path)) {
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
    const File& file = file_->file();
    if (!file.is_open() ||
        (target_.exists && !file_system().set_permissions(file.number(), target_.permissions))) {
        fail_with_errno("write", path_);
    }
}

OutputFile::~OutputFile() = default;
OutputFile::OutputFile(OutputFile&&) noexcept = default;
OutputFile& OutputFile::operator=(OutputFile&&) noexcept = default;

void OutputFile::open_through() {
    if (!through_.is_open()) {
        // Appending, so that /dev/stdout after a shell's >> adds and does not overwrite.
        through_ = File(file_system().open(target_.path, Access::append));
        if (!through_.is_open()) {
            fail_with_errno("write", path_);
        }
    }
}

void OutputFile::write(std::span<const std::uint8_t> bytes) {
    if (target_.is_through) {
        open_through();
    }
    write_to(file_ ? file_->file().number() : through_.number(), bytes, path_);
}

void OutputFile::write_at(std::span<const std::uint8_t> bytes, std::uint64_t offset) {
    drumgen::write_at(file_->file().number(), bytes, offset, path_);
}

void OutputFile::close(Durable durable) {
    if (target_.is_through) {
        open_through();  // a reader learns of an end, also of nothing
        if (!through_.close()) {
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

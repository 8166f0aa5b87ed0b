#include "archive/zip_archive.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <utility>

#include "archive/zip_library.h"
#include "base/bytes.h"
#include "base/text.h"
#include "drumgen/error.h"
#include "param/slot_name.h"

namespace drumgen {
namespace {

constexpr zip_uint16_t first_dos_date = 0x21;          // 1980-01-01
constexpr zip_uint32_t regular_0644 = 0100644U << 16;  // st_mode, as Unix's zip keeps it
constexpr std::size_t most_entries = 65535;            // of a ZIP without the 64-bit extension

[[noreturn]] void fail_to_archive(const std::string& reason) {
    throw Error(Status::failed, "cannot make a ZIP: " + reason);
}

/// An error of libzip that somebody must free.
class ZipError {
public:
    ZipError() { zip_library().error_init(&error_); }
    ~ZipError() { zip_library().error_fini(&error_); }
    ZipError(const ZipError&) = delete;
    ZipError& operator=(const ZipError&) = delete;

    [[nodiscard]] zip_error_t* get() { return &error_; }
    [[nodiscard]] std::string text() { return zip_library().error_strerror(&error_); }

private:
    zip_error_t error_{};
};

/// Hands on what a source in memory holds.
void read_all(zip_source_t* source,
              const std::function<void(std::span<const std::uint8_t>)>& take) {
    const ZipLibrary& zip = zip_library();
    if (zip.source_open(source) != 0) {
        fail_to_archive("its bytes can't be read back");
    }
    std::vector<std::uint8_t> chunk(1 << 18);
    zip_int64_t count = 0;
    while ((count = zip.source_read(source, chunk.data(), chunk.size())) > 0) {
        take(std::span(chunk).first(static_cast<std::size_t>(count)));
    }
    zip.source_close(source);
    if (count < 0) {
        fail_to_archive("its bytes can't be read back");
    }
}

void add(zip_t* archive, const KitFile& file) {
    const ZipLibrary& zip = zip_library();
    zip_source_t* const source =
        zip.source_buffer(archive, file.bytes().data(), file.bytes().size(), 0);
    const zip_int64_t index =
        source == nullptr ? -1
                          : zip.file_add(archive, file.path().c_str(), source, ZIP_FL_ENC_UTF_8);
    if (source != nullptr && index < 0) {
        zip.source_free(source);
    }
    const auto at = static_cast<zip_uint64_t>(index);
    if (index < 0 || zip.set_file_compression(archive, at, ZIP_CM_STORE, 0) != 0 ||
        zip.file_set_dostime(archive, at, 0, first_dos_date, 0) != 0 ||
        zip.file_set_external_attributes(archive, at, 0, ZIP_OPSYS_UNIX, regular_0644) != 0) {
        fail_to_archive(zip.error_strerror(zip.get_error(archive)));
    }
}

/// Where an archive is written to, a seek away from each of its bytes.
struct Target {
    const PutAt& put;
    std::uint64_t at = 0;
    std::uint64_t size = 0;
    std::exception_ptr failure{};  ///< of `put`, which can't pass through libzip
    zip_error_t error{};
};

/// What libzip asks of such a place. Nothing is read from it: the archive is new.
zip_int64_t act_on_target(void* user, void* data, zip_uint64_t length, zip_source_cmd_t command) {
    const ZipLibrary& zip = zip_library();
    auto& target = *static_cast<Target*>(user);
    switch (command) {
        case ZIP_SOURCE_SUPPORTS: {
            std::int64_t commands = 0;
            for (const zip_source_cmd_t known :
                 {ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                  ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL,
                  ZIP_SOURCE_SUPPORTS, ZIP_SOURCE_BEGIN_WRITE, ZIP_SOURCE_COMMIT_WRITE,
                  ZIP_SOURCE_ROLLBACK_WRITE, ZIP_SOURCE_SEEK_WRITE, ZIP_SOURCE_TELL_WRITE,
                  ZIP_SOURCE_REMOVE, ZIP_SOURCE_WRITE}) {
                commands |= std::int64_t{1} << known;
            }
            return commands;
        }
        case ZIP_SOURCE_STAT:
            // There is no archive yet.
            zip.error_set(&target.error, ZIP_ER_READ, ENOENT);
            return -1;
        case ZIP_SOURCE_ERROR:
            return zip.error_to_data(&target.error, data, length);
        case ZIP_SOURCE_TELL_WRITE:
            return static_cast<zip_int64_t>(target.at);
        case ZIP_SOURCE_SEEK_WRITE: {
            const auto* const wanted = static_cast<const zip_source_args_seek_t*>(data);
            if (length < sizeof *wanted || wanted->whence == SEEK_END) {
                zip.error_set(&target.error, ZIP_ER_INVAL, 0);
                return -1;
            }
            target.at = (wanted->whence == SEEK_CUR ? target.at : 0) +
                        static_cast<std::uint64_t>(wanted->offset);
            return 0;
        }
        case ZIP_SOURCE_WRITE: {
            try {
                target.put({static_cast<const std::uint8_t*>(data), length}, target.at);
            } catch (...) {
                target.failure = std::current_exception();
                zip.error_set(&target.error, ZIP_ER_WRITE, EIO);
                return -1;
            }
            target.at += length;
            target.size = std::max(target.size, target.at);
            return static_cast<zip_int64_t>(length);
        }
        case ZIP_SOURCE_BEGIN_WRITE:
        case ZIP_SOURCE_COMMIT_WRITE:
        case ZIP_SOURCE_ROLLBACK_WRITE:
        case ZIP_SOURCE_REMOVE:
        case ZIP_SOURCE_FREE:
            return 0;
        default:
            zip.error_set(&target.error, ZIP_ER_OPNOTSUPP, 0);
            return -1;
    }
}

/// Makes the archive in a source, which stays. Throws Error (failed).
void make_in(zip_source_t* source, ZipError& error, std::span<const KitFile> files) {
    const ZipLibrary& zip = zip_library();
    if (source == nullptr) {
        fail_to_archive(error.text());
    }
    zip.source_keep(source);  // zip_close gives up its own
    zip_t* const archive = zip.open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, error.get());
    if (archive == nullptr) {
        zip.source_free(source);
        zip.source_free(source);
        fail_to_archive(error.text());
    }
    try {
        for (const KitFile& file : files) {
            add(archive, file);
        }
        if (zip.close(archive) != 0) {
            fail_to_archive(zip.error_strerror(zip.get_error(archive)));
        }
    } catch (...) {
        zip.discard(archive);
        zip.source_free(source);
        throw;
    }
}

}  // namespace

void make_zip(std::span<const KitFile> files,
              const std::function<void(std::span<const std::uint8_t>)>& take) {
    ZipError error;
    zip_source_t* const memory = zip_library().source_buffer_create(nullptr, 0, 0, error.get());
    make_in(memory, error, files);
    const std::unique_ptr<zip_source_t, decltype(&zip_source_free)> keeper(
        memory, zip_library().source_free);
    read_all(memory, take);
}

std::uint64_t make_zip_at(std::span<const KitFile> files, const PutAt& put) {
    Target target{put};
    ZipError error;
    zip_source_t* const source =
        zip_library().source_function_create(act_on_target, &target, error.get());
    try {
        make_in(source, error, files);
    } catch (const Error&) {
        if (target.failure) {
            std::rethrow_exception(target.failure);
        }
        throw;
    }
    zip_library().source_free(source);
    return target.size;
}

std::jthread prepare_zip() {
    return std::jthread([] {
        try {
            (void)zip_library();
        } catch (const Error&) {
            // Told when it is used.
        }
    });
}

std::string zip_version() {
    try {
        return zip_library().libzip_version();
    } catch (const Error&) {
        return "missing";
    }
}

bool is_zip(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view local = "PK\x03\x04";
    constexpr std::string_view empty = "PK\x05\x06";
    const std::string_view text = text_in(bytes);
    return text.starts_with(local) || text.starts_with(empty);
}

/// An archive that is open, with its handle.
struct ZipReader::Archive {
    zip_t* handle = nullptr;

    explicit Archive(zip_t* opened) : handle(opened) {}
    ~Archive() { zip_library().discard(handle); }
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;
};

ZipReader::ZipReader(std::vector<std::uint8_t> bytes, std::string place)
    : bytes_(std::move(bytes)), place_(std::move(place)) {
    const ZipLibrary& zip = zip_library();
    ZipError error;
    zip_source_t* const source =
        zip.source_buffer_create(bytes_.data(), bytes_.size(), 0, error.get());
    zip_t* const archive =
        source == nullptr || bytes_.empty()
            ? nullptr  // libzip would take nothing for an archive of nothing
            : zip.open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, error.get());
    if (archive == nullptr) {
        const std::string reason = bytes_.empty() ? "it is empty" : error.text();
        if (source != nullptr) {
            zip.source_free(source);
        }
        throw Error(Status::invalid,
                    formatted("{}: is torn or no ZIP archive ({})", place_, reason));
    }
    archive_ = std::make_unique<Archive>(archive);
    std::vector<std::string> problems;
    const auto count = static_cast<std::size_t>(zip.get_num_entries(archive, 0));
    if (count > most_entries) {
        throw Error(Status::invalid, formatted("{}: holds {} entries, at most {} are allowed",
                                               place_, count, most_entries));
    }
    for (std::size_t i = 0; i < count; ++i) {
        zip_stat_t status{};
        constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_ENCRYPTION_METHOD;
        if (zip.stat_index(archive, i, ZIP_FL_ENC_GUESS, &status) != 0 ||
            (status.valid & needed) != needed) {
            throw Error(Status::invalid, place_ + ": is torn");
        }
        const std::string path = status.name;
        if (const std::string reason = path_problem(path); !reason.empty()) {
            problems.push_back(formatted("{}: entry {} {}", place_, in_quotes(path), reason));
        } else if (status.encryption_method != ZIP_EM_NONE) {
            problems.push_back(
                formatted("{}: entry {} is encrypted; unpack it first", place_, in_quotes(path)));
        }
        paths_.push_back(path);
    }
    if (!problems.empty()) {
        throw Error(Status::invalid, problems);
    }
}

ZipReader::~ZipReader() = default;

std::vector<std::uint8_t> ZipReader::read(std::string_view path, std::size_t limit) const {
    const ZipLibrary& zip = zip_library();
    const std::string place = formatted("{}/{}", place_, path);
    const auto found = std::find(paths_.begin(), paths_.end(), path);
    if (found == paths_.end()) {
        throw Error(Status::invalid, formatted("{}: holds no {}", place_, path));
    }
    const auto index = static_cast<zip_uint64_t>(found - paths_.begin());
    zip_file_t* const file = zip.fopen_index(archive_->handle, index, 0);
    if (file == nullptr) {
        throw Error(
            Status::invalid,
            formatted("{}: {}", place, zip.error_strerror(zip.get_error(archive_->handle))));
    }
    // What the archive says of the size is not believed.
    constexpr std::size_t chunk = 1 << 16;
    std::vector<std::uint8_t> bytes;
    zip_int64_t count = 0;
    do {
        const std::size_t filled = bytes.size();
        bytes.resize(filled + chunk);
        count = zip.fread(file, bytes.data() + filled, chunk);
        bytes.resize(filled + static_cast<std::size_t>(std::max<zip_int64_t>(count, 0)));
    } while (count > 0 && bytes.size() <= limit);
    const std::string reason =
        count < 0 ? zip.error_strerror(zip.file_get_error(file)) : std::string();
    (void)zip.fclose(file);
    if (count < 0) {
        throw Error(Status::invalid, formatted("{}: {}", place, reason));
    }
    if (bytes.size() > limit) {
        throw Error(Status::invalid,
                    formatted("{}: is larger than the limit of {} MiB", place, limit >> 20));
    }
    return bytes;
}

}  // namespace drumgen

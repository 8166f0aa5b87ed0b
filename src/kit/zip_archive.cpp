#include "kit/zip_archive.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "kit/zip_library.h"
#include "param/slot_name.h"
#include "param/wording.h"

namespace drumgen {
namespace {

constexpr zip_uint16_t first_dos_date = 0x21;          // 1980-01-01
constexpr zip_uint32_t regular_0644 = 0100644U << 16;  // st_mode, as Unix's zip keeps it
constexpr std::size_t most_entries = 65535;            // of a ZIP without the 64-bit extension

[[noreturn]] void fail(const std::string& reason) {
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
        fail("its bytes can't be read back");
    }
    std::vector<std::uint8_t> chunk(1 << 18);
    zip_int64_t count = 0;
    while ((count = zip.source_read(source, chunk.data(), chunk.size())) > 0) {
        take(std::span(chunk).first(static_cast<std::size_t>(count)));
    }
    zip.source_close(source);
    if (count < 0) {
        fail("its bytes can't be read back");
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
        fail(zip.error_strerror(zip.get_error(archive)));
    }
}

}  // namespace

void make_zip(std::span<const KitFile> files,
              const std::function<void(std::span<const std::uint8_t>)>& take) {
    const ZipLibrary& zip = zip_library();
    ZipError error;
    zip_source_t* const memory = zip.source_buffer_create(nullptr, 0, 0, error.get());
    if (memory == nullptr) {
        fail(error.text());
    }
    const std::unique_ptr<zip_source_t, decltype(zip.source_free)> keeper(memory, zip.source_free);
    zip.source_keep(memory);  // zip_close gives up its own
    zip_t* const archive = zip.open_from_source(memory, ZIP_CREATE | ZIP_TRUNCATE, error.get());
    if (archive == nullptr) {
        zip.source_free(memory);
        fail(error.text());
    }
    try {
        for (const KitFile& file : files) {
            add(archive, file);
        }
        if (zip.close(archive) != 0) {
            fail(zip.error_strerror(zip.get_error(archive)));
        }
    } catch (...) {
        zip.discard(archive);
        throw;
    }
    read_all(memory, take);
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
        return zip_library().version();
    } catch (const Error&) {
        return "missing";
    }
}

bool is_zip(std::span<const std::uint8_t> bytes) {
    constexpr std::string_view local = "PK\x03\x04";
    constexpr std::string_view empty = "PK\x05\x06";
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
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
        throw Error(Status::invalid, place_ + ": is torn or no ZIP archive (" + reason + ")");
    }
    archive_ = std::make_unique<Archive>(archive);
    std::vector<std::string> problems;
    const auto count = static_cast<std::size_t>(zip.get_num_entries(archive, 0));
    if (count > most_entries) {
        throw Error(Status::invalid, place_ + ": holds " + std::to_string(count) +
                                         " entries, at most " + std::to_string(most_entries) +
                                         " are allowed");
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
            problems.push_back(place_ + ": entry " + in_quotes(path) + " " + reason);
        } else if (status.encryption_method != ZIP_EM_NONE) {
            problems.push_back(place_ + ": entry " + in_quotes(path) +
                               " is encrypted; unpack it first");
        }
        paths_.push_back(path);
    }
    if (!problems.empty()) {
        constexpr std::size_t most_told = 20;
        if (problems.size() > most_told) {
            problems.resize(most_told);
        }
        throw Error(Status::invalid, problems);
    }
}

ZipReader::~ZipReader() = default;

std::vector<std::uint8_t> ZipReader::read(std::string_view path, std::size_t limit) const {
    const ZipLibrary& zip = zip_library();
    const std::string place = place_ + "/" + std::string(path);
    const auto found = std::find(paths_.begin(), paths_.end(), path);
    if (found == paths_.end()) {
        throw Error(Status::invalid, place_ + ": holds no " + std::string(path));
    }
    const auto index = static_cast<zip_uint64_t>(found - paths_.begin());
    zip_file_t* const file = zip.fopen_index(archive_->handle, index, 0);
    if (file == nullptr) {
        throw Error(Status::invalid,
                    place + ": " + zip.error_strerror(zip.get_error(archive_->handle)));
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
        throw Error(Status::invalid, place + ": " + reason);
    }
    if (bytes.size() > limit) {
        throw Error(Status::invalid, place + ": is larger than the limit of " +
                                         std::to_string(limit >> 20) + " MiB");
    }
    return bytes;
}

}  // namespace drumgen

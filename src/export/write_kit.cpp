#include "export/write_kit.h"

#include <cerrno>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "archive/sha256.h"
#include "archive/tar_gz.h"
#include "drumgen/error.h"
#include "system/file.h"
#include "system/path.h"

namespace drumgen {
namespace {

/// Folders that were made for what is being written; they go when it does not come about.
class NewFolders {
public:
    NewFolders() = default;
    ~NewFolders() {
        for (auto at = made_.rbegin(); at != made_.rend(); ++at) {
            file_system().remove_folder(*at);
        }
    }
    NewFolders(const NewFolders&) = delete;
    NewFolders& operator=(const NewFolders&) = delete;

    void make(const std::string& path) {
        if (file_system().make_folder(path)) {
            made_.push_back(path);
        } else if (errno != EEXIST) {
            fail_with_errno("make the folder", path);
        } else if (!is_folder(path)) {
            errno = ENOTDIR;
            fail_with_errno("write into", path);
        }
    }
    void keep() { made_.clear(); }

private:
    std::vector<std::string> made_;
};

/// Takes the bytes of a file that is made bit by bit.
class Taker {
public:
    explicit Taker(const KitTarget& target) : is_hashed_(target.is_hashed) {
        if (target.path != pipe_name) {
            file_.emplace(target.path, target.overwrite);
        }
    }

    void take(std::span<const std::uint8_t> bytes) {
        count_ += bytes.size();
        if (is_hashed_) {
            hashed_.insert(hashed_.end(), bytes.begin(), bytes.end());
        }
        if (file_) {
            file_->write(bytes);
        } else {
            write_stdout(bytes);
        }
    }

    void finish(WrittenKit& written) {
        if (file_) {
            file_->close(Durable::yes);
            file_->commit();
        }
        written.bytes = count_;
        written.sha256 = is_hashed_ ? sha256_hex(hashed_) : "";
    }

private:
    bool is_hashed_;
    std::optional<OutputFile> file_;
    std::uint64_t count_ = 0;
    std::vector<std::uint8_t> hashed_;
};

}  // namespace

std::vector<std::string> output_paths(const KitPlan& plan, const KitTarget& target) {
    if (target.path == pipe_name) {
        return {};
    }
    if (target.format->shape != KitShape::folder) {
        return {target.path};
    }
    std::vector<std::string> paths;
    for (const KitFile& file : target.format->files(plan, "")) {
        paths.push_back(path_below(target.path, file.path()));
    }
    return paths;
}

WrittenKit write_kit(const KitPlan& plan, const std::string& info, const KitTarget& target) {
    const std::vector<KitFile> files = target.format->files(plan, info);
    WrittenKit written;
    written.files = files.size();
    if (target.format->shape == KitShape::folder) {
        for (const KitFile& file : files) {
            written.bytes += file.bytes().size();
        }
        write_folder(target.path, files, target.overwrite);
        return written;
    }
    if (target.format->shape == KitShape::zip && !target.is_hashed && target.path != pipe_name) {
        OutputFile file(target.path, target.overwrite);
        if (!file.is_through()) {
            written.bytes =
                make_zip_at(files, [&file](std::span<const std::uint8_t> bytes,
                                           std::uint64_t offset) { file.write_at(bytes, offset); });
            file.close(Durable::yes);
            file.commit();
            return written;
        }
    }
    Taker taker(target);
    switch (target.format->shape) {
        case KitShape::zip:
            make_zip(files, [&taker](std::span<const std::uint8_t> bytes) { taker.take(bytes); });
            break;
        case KitShape::tar_gz:
            taker.take(make_tar_gz(files));
            break;
        default:
            taker.take(files.front().bytes());
    }
    taker.finish(written);
    return written;
}

void write_folder(const std::string& path, std::span<const KitFile> files, Overwrite overwrite) {
    NewFolders folders;
    folders.make(path);
    for (const KitFile& file : files) {
        for (std::size_t slash = file.path().find('/'); slash != std::string::npos;
             slash = file.path().find('/', slash + 1)) {
            folders.make(path_below(path, file.path().substr(0, slash)));
        }
    }
    {
        std::vector<PendingFile> pending;
        pending.reserve(files.size());
        for (const KitFile& file : files) {
            pending.emplace_back(path_below(path, file.path()), file.bytes(), overwrite,
                                 Durable::no);
        }
        for (PendingFile& file : pending) {
            file.commit();
        }
    }
    folders.keep();
    flush_folder(path);
}

}  // namespace drumgen

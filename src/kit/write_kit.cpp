#include "kit/write_kit.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "io/file.h"
#include "io/sha256.h"
#include "kit/kit_format.h"
#include "kit/kit_info.h"

namespace drumgen {
namespace {

/// Folders that were made for what is being written; they go when it does not come about.
class NewFolders {
public:
    NewFolders() = default;
    ~NewFolders() {
        for (auto at = made_.rbegin(); at != made_.rend(); ++at) {
            rmdir(at->c_str());
        }
    }
    NewFolders(const NewFolders&) = delete;
    NewFolders& operator=(const NewFolders&) = delete;

    void make(const std::string& path) {
        if (mkdir(path.c_str(), 0777) == 0) {
            made_.push_back(path);
        } else if (errno != EEXIST) {
            fail_with_errno("make the folder", path);
        } else if (!std::filesystem::is_directory(path)) {
            errno = ENOTDIR;
            fail_with_errno("write into", path);
        }
    }
    void keep() { made_.clear(); }

private:
    std::vector<std::string> made_;
};

constexpr std::string_view pipe = "-";

/// All that a kit's folder or archive holds, in order: what tells of it first.
std::vector<KitFile> files_of(KitPlan& plan, const std::string& info) {
    std::vector<KitFile> files;
    files.push_back({kit_info_path, {info.begin(), info.end()}});
    files.push_back(sfz_file(plan));
    for (KitVoice& voice : plan.voices) {
        for (KitLayer& layer : voice.layers) {
            for (KitSample& sample : layer.cycle) {
                files.push_back({sample.file, std::move(sample.wav)});
            }
        }
    }
    return files;
}

}  // namespace

std::vector<std::string> output_paths(const KitPlan& plan, const KitTarget& target) {
    if (target.path == pipe) {
        return {};
    }
    if (!target.is_folder) {
        return {target.path};
    }
    KitPlan paths_only = plan;
    std::vector<std::string> paths;
    for (const KitFile& file : files_of(paths_only, "")) {
        paths.push_back(path_below(target.path, file.path));
    }
    return paths;
}

WrittenKit write_kit(KitPlan& plan, const std::string& info, const KitTarget& target) {
    const std::vector<KitFile> files = files_of(plan, info);
    WrittenKit written;
    written.files = files.size();
    if (target.is_folder) {
        for (const KitFile& file : files) {
            written.bytes += file.bytes.size();
        }
        write_folder(target.path, files, target.overwrite);
        return written;
    }
    std::optional<OutputFile> file;
    if (target.path != pipe) {
        file.emplace(target.path, target.overwrite);
    }
    std::vector<std::uint8_t> hashed;
    make_zip(files, [&](std::span<const std::uint8_t> bytes) {
        written.bytes += bytes.size();
        if (target.is_hashed) {
            hashed.insert(hashed.end(), bytes.begin(), bytes.end());
        }
        if (file) {
            file->write(bytes);
        } else {
            write_stdout(bytes);
        }
    });
    if (file) {
        file->close(Durable::yes);
        file->commit();
    }
    written.sha256 = target.is_hashed ? sha256_hex(hashed) : "";
    return written;
}

void write_folder(const std::string& path, std::span<const KitFile> files, Overwrite overwrite) {
    NewFolders folders;
    folders.make(path);
    for (const KitFile& file : files) {
        for (std::size_t slash = file.path.find('/'); slash != file.path.npos;
             slash = file.path.find('/', slash + 1)) {
            folders.make(path_below(path, file.path.substr(0, slash)));
        }
    }
    {
        std::vector<PendingFile> pending;
        pending.reserve(files.size());
        for (const KitFile& file : files) {
            pending.emplace_back(path_below(path, file.path), file.bytes, overwrite, Durable::no);
        }
        for (PendingFile& file : pending) {
            file.commit();
        }
    }
    folders.keep();
    flush_folder(path);
}

std::string path_below(const std::string& folder, const std::string& path) {
    return (std::filesystem::path(folder) / path).string();
}

}  // namespace drumgen

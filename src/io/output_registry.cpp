#include "io/output_registry.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "base/text.h"
#include "drumgen/error.h"
#include "io/file.h"
#include "io/output_file.h"

namespace drumgen {
namespace {

constexpr std::string_view standard = "-";

/// What lies at a path, and how it is known again.
struct Found {
    std::optional<FileKey> place{};  ///< name in its folder; a new file there has it too
    std::optional<FileKey> file{};   ///< what is there
    bool is_regular = false;
    bool is_link = false;
    bool has_links = false;  ///< more than one name, so that it outlives its replacement
};

/// A null device and a terminal take whatever comes, from anybody.
bool takes_anything(const struct stat& status, int descriptor) {
    // Numbers from Linux's devices.txt; the last two are the majors of pseudo-terminals.
    constexpr unsigned memory_devices = 1;
    constexpr unsigned null = 3;
    constexpr unsigned first_terminal = 136;
    constexpr unsigned last_terminal = 143;
    if (!S_ISCHR(status.st_mode)) {
        return false;
    }
    const bool is_null = major(status.st_rdev) == memory_devices && minor(status.st_rdev) == null;
    const bool is_pseudo =
        major(status.st_rdev) >= first_terminal && major(status.st_rdev) <= last_terminal;
    return is_null || is_pseudo || (descriptor >= 0 && isatty(descriptor) == 1);
}

FileKey key_of(const struct stat& status, std::string name = "") {
    const bool is_node = S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode);
    return {is_node ? ~std::uint64_t{0} : status.st_dev, is_node ? status.st_rdev : status.st_ino,
            std::move(name)};
}

Found of_status(const struct stat& status) {
    Found found;
    found.file = key_of(status);
    found.is_regular = S_ISREG(status.st_mode);
    found.has_links = status.st_nlink > 1;
    return found;
}

/// None for what takes anything, and for what can't be written: that is told when it is.
std::optional<Found> look_up(const std::string& path, int standard_stream) {
    struct stat status {};
    if (path == standard) {
        if (fstat(standard_stream, &status) != 0 || takes_anything(status, standard_stream)) {
            return std::nullopt;
        }
        return of_status(status);
    }
    Found found;
    struct stat link {};
    const bool is_link = lstat(path.c_str(), &link) == 0 && S_ISLNK(link.st_mode);
    if (stat(path.c_str(), &status) == 0) {
        if (S_ISDIR(status.st_mode) || takes_anything(status, -1)) {
            return std::nullopt;
        }
        found = of_status(status);
    }
    found.is_link = is_link;
    if (!found.file || found.is_regular) {
        const std::string target = is_link ? end_of_links(path) : path;
        if (!target.empty() && stat(folder_of(target).c_str(), &status) == 0) {
            found.place = key_of(status, std::filesystem::path(target).filename().string());
        } else {
            // A folder that is missing, which is told when the file is written.
            found.place = {0, 0, std::filesystem::path(path).lexically_normal().string()};
        }
    }
    return found;
}

std::string named(const std::string& flag, const std::string& path) {
    const std::string name = path == standard ? std::string(standard) : in_quotes(path);
    return flag.empty() ? "standard output" : formatted("{} {}", flag, name);
}

}  // namespace

void OutputRegistry::reads(const std::string& path) {
    const std::optional<Found> found = look_up(path, STDIN_FILENO);
    if (!found || !found->is_regular) {
        return;
    }
    for (const auto& key : {found->place, found->file}) {
        if (key) {
            uses_.try_emplace(*key, Use{true, "", path});
        }
    }
}

std::string OutputRegistry::writes(const Output& output) {
    const std::optional<Found> found = look_up(output.path, STDOUT_FILENO);
    if (!found) {
        return "";
    }
    const Use own{false, output.flag, output.path};
    for (const auto& key : {found->place, found->file}) {
        const auto known = key ? uses_.find(*key) : uses_.end();
        if (known == uses_.end()) {
            continue;
        }
        if (!known->second.is_read || output.own_input.empty() ||
            known->second.path != output.own_input) {
            return problem_of(output, known->second);
        }
        known->second = own;
        if (replaced_.empty() || replaced_.back() != output.path) {
            replaced_.push_back(output.path);
        }
    }
    if (found->place && (!output.is_distinct || found->is_link)) {
        uses_.emplace(*found->place, own);
    }
    // An open file or one more name keeps it; else its number may become another file's.
    if (found->file && (!found->is_regular || found->has_links || !found->place)) {
        uses_.emplace(*found->file, own);
    }
    return "";
}

std::string OutputRegistry::problem_of(const Output& output, const Use& use) {
    const std::string who = output.place.empty() ? "" : output.place + ": ";
    if (use.is_read) {
        return formatted("{}{} is the input {}, which would be lost; write to another name", who,
                         named(output.flag, output.path),
                         use.path == standard ? "on standard input" : in_quotes(use.path));
    }
    if (!output.text.empty() && use.flag == output.flag && use.path == output.path) {
        return formatted("{} {}: {} would be {}, as one before it; add {{index}} to the name",
                         output.flag, in_quotes(output.text), output.place, in_quotes(output.path));
    }
    return formatted("{}{} and {} are one file; give each a name of its own", who,
                     named(output.flag, output.path), named(use.flag, use.path));
}

void OutputRegistry::plan(const Output& output) {
    std::string problem = writes(output);
    const bool is_known = std::find(problems_.begin(), problems_.end(), problem) != problems_.end();
    if (!problem.empty() && !is_known) {
        problems_.push_back(std::move(problem));
    }
}

void OutputRegistry::check() const {
    if (!problems_.empty()) {
        throw Error(Status::invalid, problems_);
    }
}

}  // namespace drumgen

#include "system/output_registry.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "drumgen/error.h"
#include "system/file.h"
#include "system/output_file.h"
#include "system/path.h"

namespace drumgen {
namespace {

/// What lies at a path, and how it is known again.
struct Found {
    std::optional<FileKey> place{};  ///< name in its folder; a new file there has it too
    std::optional<FileKey> file{};   ///< what is there
    bool is_regular = false;
    bool is_link = false;
    bool has_links = false;  ///< more than one name, so that it outlives its replacement
};

FileKey key_of(const FileStatus& status, std::string name = "") {
    return {status.device, status.inode, std::move(name)};
}

Found of_status(const FileStatus& status) {
    Found found;
    found.file = key_of(status);
    found.is_regular = status.is_regular();
    found.has_links = status.links > 1;
    return found;
}

/// None for what takes anything, and for what can't be written: that is told when it is.
std::optional<Found> look_up(const std::string& path, int standard_stream) {
    FileSystem& files = file_system();
    if (path == pipe_name) {
        const std::optional<FileStatus> status = files.status(standard_stream);
        return !status || status->takes_anything ? std::nullopt : std::optional(of_status(*status));
    }
    Found found;
    const std::optional<FileStatus> link = files.link_status(path);
    const bool is_link = link && link->is_link();
    if (const std::optional<FileStatus> status = files.status(path)) {
        if (status->is_folder() || status->takes_anything) {
            return std::nullopt;
        }
        found = of_status(*status);
    }
    found.is_link = is_link;
    if (!found.file || found.is_regular) {
        const std::string target = is_link ? end_of_links(path) : path;
        const std::optional<FileStatus> folder =
            target.empty() ? std::nullopt : files.status(folder_of(target));
        // A folder may be missing, which is told when the file is written.
        found.place =
            folder ? key_of(*folder, file_name_of(target)) : FileKey{0, 0, normal_path(path)};
    }
    return found;
}

std::string named(const std::string& flag, const std::string& path) {
    const std::string name = path == pipe_name ? std::string(pipe_name) : in_quotes(path);
    return flag.empty() ? "standard output" : formatted("{} {}", flag, name);
}

}  // namespace

void OutputRegistry::reads(const std::string& path) {
    const std::optional<Found> found = look_up(path, standard_input);
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
    const std::optional<Found> found = look_up(output.path, standard_output);
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
                         use.path == pipe_name ? "on standard input" : in_quotes(use.path));
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

#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace drumgen {

/// What a path stands for on disk, through links: a file, or a name in a folder. Two paths that
/// share a key are one file.
struct FileKey {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::string name{};  ///< in the folder that the others tell; empty: they tell the file

    auto operator<=>(const FileKey&) const = default;
};

/// Every path that a command reads or writes, so that no output destroys an input or another
/// output. Filled before anything is opened; names that only a stream tells come as they are used.
class OutputRegistry {
public:
    /// A file that is read; "-" is standard input. What can't be destroyed, such as a pipe, needs
    /// no care.
    void reads(const std::string& path);

    /// One path that is written.
    struct Output {
        std::string flag;          ///< that gave it, for messages; none for standard output
        std::string path;          ///< "-": standard output
        std::string place{};       ///< of the patch that it is for, such as "patch 2"; may be empty
        std::string text{};        ///< what was typed, when that is a name with fields
        std::string own_input{};   ///< an input that it may replace, as it holds the same; or none
        bool is_distinct = false;  ///< other names of this flag differ, so that memory stays small
    };

    /// The problem that writing it would be; empty when there is none. It is kept for later ones,
    /// unless it is distinct and has one name only.
    [[nodiscard]] std::string writes(const Output& output);

    /// The same, with the problem kept for check().
    void plan(const Output& output);

    /// Throws Error (invalid) with all problems of what was planned.
    void check() const;

    /// Inputs that outputs replace, since those hold the same.
    [[nodiscard]] const std::vector<std::string>& replaced() const noexcept { return replaced_; }

private:
    struct Use {
        bool is_read = false;
        std::string flag{};  ///< of an output
        std::string path{};
    };

    [[nodiscard]] static std::string problem_of(const Output& output, const Use& use);

    std::map<FileKey, Use> uses_;
    std::vector<std::string> problems_;
    std::vector<std::string> replaced_;
};

}  // namespace drumgen

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace drumgen {

/// Names of files, as text in UTF-8. On Windows \ parts folders as / does. None of these looks at a
/// disk, but absolute_path() and canonical_path().

/// The folder that a file of this name is in, with its slash; "." without one.
[[nodiscard]] std::string folder_of(const std::string& path);

/// The same without the slash; empty where there is no slash.
[[nodiscard]] std::string parent_of(const std::string& path);

/// The path of a file that is named from a folder.
[[nodiscard]] std::string path_below(const std::string& folder, const std::string& path);

/// "x.tar.gz" of "a/x.tar.gz".
[[nodiscard]] std::string file_name_of(const std::string& path);

/// "x.tar" of it: the name without its last ending.
[[nodiscard]] std::string stem_of(const std::string& path);

[[nodiscard]] bool is_absolute(std::string_view path);

/// Does it say by a slash at its end that it is a folder?
[[nodiscard]] bool ends_with_slash(std::string_view path);

/// May a name have that character? Those that part a path may not, nor others that the system keeps
/// for itself.
[[nodiscard]] bool is_fit_in_name(char letter);

/// Without "." and "..", as far as that goes without looking.
[[nodiscard]] std::string normal_path(const std::string& path);

/// From the root; normal.
[[nodiscard]] std::string absolute_path(const std::string& path);

/// Absolute, normal and without links, as far as there are files.
[[nodiscard]] std::string canonical_path(const std::string& path);

/// How `path` is named from `folder`, both absolute and normal.
[[nodiscard]] std::string path_from(const std::string& folder, const std::string& path);

/// The paths of a list as PATH has them, parted by : or, on Windows, by ;.
[[nodiscard]] std::vector<std::string> paths_in(const std::string& list);

}  // namespace drumgen

#include "system/path.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace drumgen {
namespace {

using std::filesystem::path;

constexpr bool is_windows = path::preferred_separator == '\\';
constexpr std::string_view slashes = is_windows ? "/\\" : "/";
constexpr char between_paths = is_windows ? ';' : ':';

path path_of(std::string_view text) {
    return {std::u8string(text.begin(), text.end())};
}

std::string text_of(const path& named) {
    const std::u8string text = named.generic_u8string();
    return {text.begin(), text.end()};
}

}  // namespace

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.find_last_of(slashes);
    return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

std::string parent_of(const std::string& path) {
    return text_of(path_of(path).parent_path());
}

std::string path_below(const std::string& folder, const std::string& path) {
    return text_of(path_of(folder) / path_of(path));
}

std::string file_name_of(const std::string& path) {
    return text_of(path_of(path).filename());
}

std::string stem_of(const std::string& path) {
    return text_of(path_of(path).stem());
}

bool is_absolute(std::string_view path) {
    return path_of(path).is_absolute();
}

bool ends_with_slash(std::string_view path) {
    return !path.empty() && slashes.find(path.back()) != slashes.npos;
}

bool is_fit_in_name(char letter) {
    constexpr std::string_view unfit = is_windows ? "/\\<>:\"|?*" : "/";
    return unfit.find(letter) == unfit.npos;
}

std::string normal_path(const std::string& path) {
    return text_of(path_of(path).lexically_normal());
}

std::string absolute_path(const std::string& path) {
    std::error_code error;
    return text_of(std::filesystem::absolute(path_of(path), error).lexically_normal());
}

std::string canonical_path(const std::string& path) {
    std::error_code error;
    return text_of(std::filesystem::weakly_canonical(path_of(path), error));
}

std::string path_from(const std::string& folder, const std::string& path) {
    return text_of(path_of(path).lexically_relative(path_of(folder)));
}

std::vector<std::string> paths_in(const std::string& list) {
    std::vector<std::string> paths;
    for (std::size_t begin = 0; begin < list.size();) {
        const std::size_t end = std::min(list.find(between_paths, begin), list.size());
        paths.push_back(list.substr(begin, end - begin));
        begin = end + 1;
    }
    return paths;
}

}  // namespace drumgen

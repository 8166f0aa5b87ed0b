#include "param/slot_name.h"

#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"
#include "param/kit_keys.h"

namespace drumgen {

std::string slot_name_problem(std::string_view name) {
    if (name.empty()) {
        return "is empty";
    }
    if (has_control(name)) {
        return "holds a control character";
    }
    if (name.find_first_of("/\\") != name.npos) {
        return "holds a / or \\, which part the folders of a path";
    }
    if (name.front() == '.') {
        return "begins with a dot, which hides a file or leaves its folder";
    }
    if (name.front() == ' ' || name.back() == ' ') {
        return "begins or ends with a space";
    }
    if (character_count(name) > kit_keys::max_name_length) {
        return formatted("has {} characters, at most {} are allowed", character_count(name),
                         kit_keys::max_name_length);
    }
    return "";
}

std::string path_problem(std::string_view path) {
    if (path.empty() || has_control(path)) {
        return "is empty or holds a control character";
    }
    if (path.front() == '/' || path.find('\\') != path.npos || path.find(':') != path.npos) {
        return "is no path below the kit's folder";
    }
    for (std::size_t start = 0; start <= path.size();) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        if (path.substr(start, end - start) == "..") {
            return "leaves the kit's folder";
        }
        start = end + 1;
    }
    return "";
}

std::string plain_name(std::string_view name) {
    std::string plain = in_lower_case(name);
    std::replace_if(
        plain.begin(), plain.end(),
        [](char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')); }, '_');
    return plain;
}

}  // namespace drumgen

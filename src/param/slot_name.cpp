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

std::string unique_name(const std::string& name, std::set<std::string>& taken) {
    std::string unique = name;
    for (int count = 2; !taken.insert(in_lower_case(unique)).second; ++count) {
        unique = formatted("{}-{}", name, count);
    }
    return unique;
}

std::vector<std::string> words_in_name(std::string_view name) {
    const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    std::vector<std::string> words;
    bool is_inside = false;
    for (std::size_t k = 0; k < name.size(); ++k) {
        const char letter = name[k];
        if (!is_lower(letter) && !is_upper(letter)) {
            is_inside = false;
            continue;
        }
        if (!is_inside || (is_upper(letter) && is_lower(name[k - 1]))) {
            words.emplace_back();
        }
        words.back() += is_upper(letter) ? static_cast<char>(letter - 'A' + 'a') : letter;
        is_inside = true;
    }
    return words;
}

}  // namespace drumgen

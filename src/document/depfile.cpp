#include "document/depfile.h"

#include <set>
#include <string_view>

#include "base/text.h"

namespace drumgen {
namespace {

/// As GNU make reads names in a rule.
std::string escaped(const std::string& name) {
    std::string text;
    for (const char c : name) {
        if (c == ' ' || c == '#') {
            text += '\\';
        } else if (c == '$') {
            text += '$';
        }
        text += c;
    }
    return text;
}

}  // namespace

std::string depfile_text(std::span<const std::string> outputs,
                         std::span<const std::string> inputs) {
    std::string text;
    for (const std::string& output : outputs) {
        text += (text.empty() ? "" : " ") + escaped(output);
    }
    text += ":";
    std::set<std::string_view> told;
    std::string rules;
    for (const std::string& input : inputs) {
        if (told.insert(input).second) {
            text += " " + escaped(input);
            rules += formatted("\n{}:\n", escaped(input));
        }
    }
    return text + "\n" + rules;
}

}  // namespace drumgen

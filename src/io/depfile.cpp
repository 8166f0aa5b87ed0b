#include "io/depfile.h"

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
    for (const std::string& input : inputs) {
        text += " " + escaped(input);
    }
    text += "\n";
    for (const std::string& input : inputs) {
        text += fmt::format("\n{}:\n", escaped(input));
    }
    return text;
}

}  // namespace drumgen

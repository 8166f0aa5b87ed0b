#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace drumgen {

/// What became of a text that should be JSON.
struct JsonText {
    std::optional<nlohmann::json> value;  ///< empty when the text can't be used at all
    std::vector<std::string> problems;    ///< without the place; duplicate keys leave a value
    bool is_complete = false;             ///< the grammar of JSON was met up to the end
};

/// Parses JSON of at most max_patch_bytes and max_json_depth. The text is checked before anything
/// is built from it: nlohmann's own parser overflows the stack on deep input and lets the last of
/// two equal keys win.
[[nodiscard]] JsonText parse_json(std::string_view text);

/// What a value is, for a message: "true", "null", "a list", "an object", or the number or word.
[[nodiscard]] std::string described(const nlohmann::json& value);

}  // namespace drumgen

#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drumgen/patch_json.h"

namespace drumgen {

/// What became of a text that should be JSON.
struct JsonText {
    std::optional<nlohmann::json> value;  ///< empty when the text can't be used at all
    std::vector<std::string> problems;    ///< without the place; duplicate keys leave a value
    bool is_complete = false;             ///< the grammar of JSON was met up to the end
};

/// Parses JSON of at most `limit` bytes and max_json_depth. The text is checked before anything
/// is built from it: nlohmann's own parser overflows the stack on deep input and lets the last of
/// two equal keys win.
[[nodiscard]] JsonText parse_json(std::string_view text, std::size_t limit = max_patch_bytes);

/// The version of nlohmann/json.
[[nodiscard]] std::string json_version();

/// A whole number 0..2^64-1, also when it is written as 7.0 or 1e3; none when it is anything else.
[[nodiscard]] std::optional<std::uint64_t> whole_number(const nlohmann::json& value);

/// What a value is, for a message: "true", "null", "a list", "an object", or the number or word.
[[nodiscard]] std::string described(const nlohmann::json& value);

}  // namespace drumgen

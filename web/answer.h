#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "archive/kit_file.h"
#include "base/text.h"
#include "drumgen/patch.h"
#include "drumgen/render.h"

namespace drumgen {

/// What the last call of the engine gave.
struct Answer {
    std::string text{};
    std::vector<std::uint8_t> bytes{};
    Sound sound{};
    std::vector<KitFile> files{};
};

[[nodiscard]] Answer& answer();

/// Does what gives an answer; what is thrown becomes the status and the text of one.
int answered(const std::function<Answer()>& work);

/// A patch of JSON that a page gives.
[[nodiscard]] Patch patch_of(const std::string& text);

/// The lines of a text, each with its number.
[[nodiscard]] std::vector<NumberedLine> numbered_lines(const std::string& text);

/// Words with spaces between.
[[nodiscard]] std::vector<std::string> words_in(const std::string& text);

}  // namespace drumgen

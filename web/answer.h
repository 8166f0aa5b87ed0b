#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "archive/kit_file.h"
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

/// The patch of a built-in preset; a page has no others. Throws Error (invalid).
[[nodiscard]] Patch preset_patch(const std::string& name);

/// A seed, or a place among proposals. Throws Error (invalid).
[[nodiscard]] std::uint64_t seed_of(const std::string& text);
[[nodiscard]] std::uint64_t index_of(const std::string& text);

/// Throws Error (invalid) for what is not from 0 to 1.
void check_fraction(const char* name, double value);

/// Words with spaces between.
[[nodiscard]] std::vector<std::string> words_in(const std::string& text);

}  // namespace drumgen

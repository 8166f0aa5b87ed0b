#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "drumgen/patch.h"
#include "param/state.h"

namespace drumgen {

/// What one flag says about every patch of the command.
struct Statement {
    enum class Target { parameter, setting, seed, pitch };
    Target target = Target::parameter;
    std::string key;
    std::string text;
};

/// `--set` and a text like "tune=52", "render.rate=44100" or "seed=7". Throws Error (invalid)
/// without a key.
[[nodiscard]] Statement statement_of(std::string_view assignment);

/// Applies the statements in order; problems and notes go to `stating`.
void state_all(Patch& patch, const std::vector<Statement>& statements, Stating& stating);

}  // namespace drumgen

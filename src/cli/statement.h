#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"
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

/// Adds the flags of the render settings alone, for what holds many instruments.
///   returns   reads the statements in the order of the command line, once it is parsed
[[nodiscard]] std::function<std::vector<Statement>()> add_setting_flags(CLI::App& app);

/// Adds the flags that state something: --seed, --set, those of the render settings, and those
/// parameters' that the words use. Words that ask for help get all of the instrument that they
/// name.
///   returns   reads the statements in the order of the command line, once it is parsed
[[nodiscard]] std::function<std::vector<Statement>()> add_statement_flags(CLI::App& app,
                                                                          const Words& words);

}  // namespace drumgen

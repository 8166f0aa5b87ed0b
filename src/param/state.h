#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "drumgen/patch.h"

namespace drumgen {

/// How stated values are taken, and what was wrong with them.
struct Stating {
    std::string place;  ///< where the value stands, such as "kick.json:3"; may be empty
    Origin origin = Origin::given;
    bool clamp = false;  ///< take a number out of range to the nearest limit, told in `notes`
    std::vector<std::string> problems;  ///< one line each; empty when all went well
    std::vector<std::string> notes;     ///< one line each, for standard error
};

/// States one parameter of the patch's instrument by number. -0 becomes 0. A later statement
/// replaces an earlier one.
void state_number(Patch& patch, std::string_view key, double value, Stating& stating);

/// States one parameter by a word, for a row with choices.
void state_word(Patch& patch, std::string_view key, std::string_view word, Stating& stating);

/// Tells the problem of a value that is neither number nor word; `what` says what it is, such as
/// "true" or "a list".
void state_other(Patch& patch, std::string_view key, std::string_view what, Stating& stating);

/// States one parameter of the patch's instrument from text, as a flag or --set gives it.
void state_text(Patch& patch, std::string_view key, std::string_view text, Stating& stating);

/// The same for the patch's `render` object, whose instrument may be unknown still.
void state_render_number(Patch& patch, std::string_view key, double value, Stating& stating);
void state_render_word(Patch& patch, std::string_view key, std::string_view word, Stating& stating);
void state_render_other(Patch& patch, std::string_view key, std::string_view what,
                        Stating& stating);
/// Text may be a word and its number, such as "loudness=-14" for the level.
void state_render_text(Patch& patch, std::string_view key, std::string_view text, Stating& stating);

/// States the seed from text: digits only, 0..2^64-1.
void state_seed_text(Patch& patch, std::string_view text, Stating& stating);

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

/// Does a word look like one, a key and a value: "tune=52", "render.rate=44.1k"?
[[nodiscard]] bool is_assignment(std::string_view word);

/// Applies the statements in order; problems and notes go to `stating`.
void state_all(Patch& patch, const std::vector<Statement>& statements, Stating& stating);

}  // namespace drumgen

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace drumgen {

/// Whom a batch tells how it goes, in the order of its sounds and from one thread.
class Reporter {
public:
    virtual ~Reporter() = default;

    /// The batch begins.
    ///   total   sounds to come, 0 when how far it comes is not to be shown; none when nobody knows
    virtual void begin(std::optional<std::size_t> total) = 0;

    /// A line for the user.
    virtual void note(std::string_view line) = 0;

    /// A line on what is wrong with one sound, which the batch outlives.
    virtual void problem(std::string_view line) = 0;

    /// Text that the user asked for, as it is, beside standard output.
    virtual void show(std::string_view text) = 0;

    /// One more sound of that length is done.
    virtual void step(double seconds) = 0;

    /// Does anybody see how far it comes?
    [[nodiscard]] virtual bool is_watched() const = 0;

    /// All sounds are done.
    virtual void end() = 0;
};

}  // namespace drumgen

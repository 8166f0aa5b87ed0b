#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace drumgen {

enum class Unit { none, hz, ms, s, db, lufs, cents, semitones };

/// How a parameter's range maps to 0..1 for sliders, proposals and mutation.
enum class Curve { linear, log };

/// Closed interval, in the unit of the parameter.
struct Range {
    double min = 0;
    double max = 1;
};

/// An identifier put together at compile time, such as a layer's name and a suffix.
class Id {
public:
    static constexpr std::size_t capacity = 40;

    constexpr Id() = default;
    constexpr Id(std::string_view name) { append(name); }  // NOLINT(google-explicit-constructor)
    constexpr Id(const char* name)
        : Id(std::string_view(name)) {}  // NOLINT(google-explicit-constructor)
    constexpr Id(std::string_view layer, std::string_view suffix) {
        append(layer);
        append("_");
        append(suffix);
    }

    [[nodiscard]] constexpr std::string_view view() const { return {text_, size_}; }
    constexpr operator std::string_view() const {
        return view();
    }  // NOLINT(google-explicit-constructor)

private:
    constexpr void append(std::string_view part) {
        for (const char c : part) {
            text_[size_++] = c;  // a name beyond the capacity fails to compile
        }
    }

    char text_[capacity] = {};
    std::size_t size_ = 0;
};

/// One row of a parameter table, the only place where a parameter's name, default and limits stand.
/// JSON, flags, help, manual, JSON Schema and proposal ranges are derived from it.
struct Parameter {
    Id id;
    Unit unit = Unit::none;
    Curve curve = Curve::linear;
    Range allowed;
    double standard = 0;  ///< value when nothing states one; unused when `optional`
    Range propose;        ///< where proposals are drawn from; inside `allowed`
    std::string_view help;
    bool optional = false;             ///< absent has a meaning of its own, told in `help`
    std::span<const double> values{};  ///< when not empty, the only numbers allowed (integers)
    std::span<const std::string_view>
        choices{};             ///< when not empty, a word; its value is its index
    std::string_view layer{};  ///< the layer that the row belongs to; empty for a macro
};

/// Where a value came from.
enum class Origin {
    given,     ///< stated by the user: flag, JSON, WAV
    preset,    ///< stated by a named preset
    macro,     ///< follows from the macros
    standard,  ///< the table's default
};

struct Value {
    double value = 0;
    Origin origin = Origin::given;
};

/// What a patch states: one entry for each row of a table, in the order of its rows.
using Values = std::vector<std::optional<Value>>;

}  // namespace drumgen

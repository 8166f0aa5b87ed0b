#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "drumgen/patch.h"

namespace drumgen {

/// What a file is named after.
struct OutputName {
    std::string instrument;
    std::uint64_t seed = 0;
    std::string name;
    std::uint64_t index = 1;
    std::uint64_t shard = 0;
};

/// The name of a patch's sound; its index is the patch's own, or `number`.
[[nodiscard]] OutputName output_name(const Patch& patch, std::uint64_t number);

/// That of a file which is read: its name without folder and ending.
[[nodiscard]] OutputName output_name(const std::string& path, std::uint64_t number);

/// A path with fields {instrument}, {index}, {seed} and {name}, or {shard} for a container of many
/// sounds; {index:04} pads with zeros; {{ and }} are braces. A field's value never holds a slash.
class OutputTemplate {
public:
    enum class Of { sounds, containers };

    /// flag   what the template was given with, for messages
    /// Throws Error (invalid) for an unknown field.
    OutputTemplate(std::string_view flag, std::string text, Of of = Of::sounds);

    [[nodiscard]] std::string path(const OutputName& name) const;

    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    [[nodiscard]] const std::string& flag() const noexcept { return flag_; }

    /// Does every shard get a name of its own?
    [[nodiscard]] bool has_shards() const noexcept { return has(Field::shard); }

    /// Can two sounds have two names?
    [[nodiscard]] bool varies() const noexcept {
        return has(Field::instrument) || has(Field::index) || has(Field::seed) || has(Field::name);
    }

    /// Do rising indexes make names that are all different?
    [[nodiscard]] bool is_unique_by_index() const noexcept {
        return has(Field::index) && !has(Field::name) && !has(Field::seed);
    }

private:
    enum class Field { instrument, index, seed, name, shard, none };

    /// Text, then the value of a field.
    struct Piece {
        std::string text{};
        Field field = Field::none;
        std::size_t width = 0;
    };

    [[noreturn]] void refuse(const std::string& reason) const;
    [[nodiscard]] Field field_named(std::string_view name, Of of) const;
    [[nodiscard]] std::size_t width_of(std::string_view format, Field field) const;
    [[nodiscard]] static std::string value_of(const Piece& piece, const OutputName& name);
    [[nodiscard]] bool has(Field field) const noexcept;

    std::string flag_;
    std::string text_;
    std::vector<Piece> pieces_;
};

/// The names that a template has given, so that no sound replaces another.
class UsedNames {
public:
    explicit UsedNames(const OutputTemplate& output) : output_(&output) {}

    /// Throws Error (invalid) when the path was used before. Keeps no list where rising indexes make
    /// the names different, so that a batch of any length fits into memory.
    ///   place   of the patch, for the message
    void use(const std::string& path, const OutputName& name, const std::string& place);

private:
    const OutputTemplate* output_;
    std::set<std::string> paths_;
    std::optional<std::uint64_t> last_index_;
};

}  // namespace drumgen

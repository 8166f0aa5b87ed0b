#pragma once

#include <cstdint>
#include <optional>
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

/// The name of a patch's sound; its index is the patch's own, or `position` counted from 1, and its
/// shard the number of shards that are full before it.
///   stem   of the file or preset that the patch came from; empty: the last part of the patch's own
///          name, or its instrument and seed
[[nodiscard]] OutputName output_name(const Patch& patch, std::uint64_t position,
                                     std::uint64_t shard_size, const std::string& stem);

/// That of a file which is read: its name without folder and ending.
[[nodiscard]] OutputName output_name(const std::string& path, std::uint64_t position);

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

/// The indexes of names that differ by nothing else, so that no sound replaces another.
class RisingIndexes {
public:
    /// Throws Error (invalid) when an index does not rise.
    ///   place   of the patch, for the message
    void use(std::uint64_t index, const std::string& place);

private:
    std::optional<std::uint64_t> last_;
};

}  // namespace drumgen

#include "batch/output_template.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "drumgen/error.h"
#include "system/path.h"

namespace drumgen {
namespace {

constexpr std::string_view field_names[]{"instrument", "index", "seed", "name", "shard"};

/// A name that can't leave its folder, hide, or steer a terminal.
std::string as_file_name(std::string name) {
    for (char& c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (!is_fit_in_name(c) || byte < 0x20 || byte == 0x7F) {
            c = '-';
        }
    }
    if (name.starts_with(".")) {
        name.front() = '-';
    }
    return name;
}

}  // namespace

OutputName output_name(const Patch& patch, std::uint64_t position, std::uint64_t shard_size,
                       const std::string& stem) {
    const std::string instrument(patch.instrument->name);
    std::string name = stem.empty() ? patch.name.substr(patch.name.rfind('/') + 1) : stem;
    if (name.empty()) {
        name = formatted("{}-{}", instrument, patch.seed);
    }
    return {instrument, patch.seed, std::move(name), patch.index.value_or(position + 1),
            patch.index.value_or(position) / shard_size};
}

OutputName output_name(const std::string& path, std::uint64_t position) {
    return {"sound", 0, path == "-" ? "stdin" : stem_of(path), position + 1};
}

void OutputTemplate::refuse(const std::string& reason) const {
    throw Error(Status::invalid, formatted("{} {}: {}", flag_, in_quotes(text_), reason));
}

OutputTemplate::Field OutputTemplate::field_named(std::string_view name, Of of) const {
    const bool is_container = of == Of::containers;
    if (const auto* const found = std::find(std::begin(field_names), std::end(field_names), name);
        found != std::end(field_names)) {
        const auto field = static_cast<Field>(found - std::begin(field_names));
        if ((field == Field::shard) != is_container) {
            refuse(formatted("{{{}}} is for {}", name,
                             is_container
                                 ? "files of one sound; many sounds in one file have {shard}"
                                 : "files of many sounds; add --to tar or --to raw"));
        }
        return field;
    }
    const std::string_view known = nearest(name, field_names);
    refuse(formatted("unknown field {{{}}}{}", name,
                     !known.empty() ? formatted(", did you mean {{{}}}?", known)
                     : is_container
                         ? "; known is {shard}, and {{ stands for a brace"
                         : "; known are {instrument}, {index}, {seed} and {name}, and {{ stands "
                           "for a brace"));
}

/// "04" to 4; numbers only, and no wider than any number gets.
std::size_t OutputTemplate::width_of(std::string_view format, Field field) const {
    const bool is_number = field == Field::index || field == Field::seed || field == Field::shard;
    const std::optional<double> width = number_from_text(format.substr(format.empty() ? 0 : 1));
    if (!is_number || !format.starts_with("0") || !width || *width < 1 || *width > 20 ||
        format.find_first_not_of("0123456789") != format.npos) {
        refuse(formatted(
            "\":{}\" is no width; write {{index:04}}, {{seed:04}} or {{shard:04}}, up to 020",
            format));
    }
    return static_cast<std::size_t>(*width);
}

OutputTemplate::OutputTemplate(std::string_view flag, std::string given, Of of)
    : flag_(flag), text_(std::move(given)), pieces_(1) {
    if (text_.empty()) {
        refuse("the name is empty");
    }
    const std::string_view text = text_;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool is_brace = c == '{' || c == '}';
        if (is_brace && at + 1 < text.size() && text[at + 1] == c) {
            ++at;
        } else if (c == '}') {
            refuse("a } without its {; write }} for a brace");
        } else if (c == '{') {
            const std::size_t end = text.find('}', at);
            if (end == text.npos) {
                refuse("a { without its }; write {{ for a brace");
            }
            const std::string_view inside = text.substr(at + 1, end - at - 1);
            const std::size_t colon = inside.find(':');
            pieces_.back().field = field_named(inside.substr(0, colon), of);
            if (colon != inside.npos) {
                pieces_.back().width = width_of(inside.substr(colon + 1), pieces_.back().field);
            }
            pieces_.emplace_back();
            at = end;
            continue;
        }
        pieces_.back().text += c;
    }
}

std::string OutputTemplate::value_of(const Piece& piece, const OutputName& name) {
    std::string value;
    switch (piece.field) {
        case Field::instrument:
            return name.instrument;
        case Field::index:
            value = std::to_string(name.index);
            break;
        case Field::seed:
            value = std::to_string(name.seed);
            break;
        case Field::shard:
            value = std::to_string(name.shard);
            break;
        case Field::name:
            return as_file_name(name.name);
        case Field::none:
            break;
    }
    return std::string(piece.width - std::min(piece.width, value.size()), '0') + value;
}

std::string OutputTemplate::path(const OutputName& name) const {
    std::string path;
    for (const Piece& piece : pieces_) {
        path += piece.text + value_of(piece, name);
    }
    return path;
}

bool OutputTemplate::has(Field field) const noexcept {
    return std::any_of(pieces_.begin(), pieces_.end(),
                       [field](const Piece& piece) { return piece.field == field; });
}

void RisingIndexes::use(std::uint64_t index, const std::string& place) {
    if (last_ && index <= *last_) {
        throw Error(
            Status::invalid,
            formatted(
                "{}: index {} comes after {}; indexes must rise, so that no file is written twice",
                place, index, *last_));
    }
    last_ = index;
}

}  // namespace drumgen

#include "cli/output_template.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string_view>

#include "base/error.h"
#include "param/state.h"
#include "param/wording.h"

namespace drumgen {
namespace {

constexpr std::string_view field_names[]{"instrument", "index", "seed", "name"};
enum class Field { instrument, index, seed, name, none };

/// Text, then the value of a field.
struct Piece {
    std::string text;
    Field field = Field::none;
    std::size_t width = 0;
};

/// A template as it was given.
struct Given {
    std::string_view flag;
    const std::string& text;
};

[[noreturn]] void refuse(const Given& output, const std::string& reason) {
    throw Error(Status::invalid,
                std::string(output.flag) + " " + in_quotes(output.text) + ": " + reason);
}

Field field_named(std::string_view name, const Given& output) {
    for (std::size_t i = 0; i < std::size(field_names); ++i) {
        if (name == field_names[i]) {
            return static_cast<Field>(i);
        }
    }
    const std::string_view known = nearest(name, field_names);
    refuse(output, "unknown field {" + std::string(name) + "}" +
                       (known.empty() ? "; known are {instrument}, {index}, {seed} and {name}, and "
                                        "{{ stands for a brace"
                                      : ", did you mean {" + std::string(known) + "}?"));
}

/// "04" to 4; numbers only, and no wider than any number gets.
std::size_t width_of(std::string_view format, Field field, const Given& output) {
    const bool is_number = field == Field::index || field == Field::seed;
    const std::optional<double> width = number_from_text(format.substr(format.empty() ? 0 : 1));
    if (!is_number || !format.starts_with("0") || !width || *width < 1 || *width > 20 ||
        format.find_first_not_of("0123456789") != format.npos) {
        refuse(output, "\":" + std::string(format) +
                           "\" is no width; write {index:04} or {seed:04}, up to 020");
    }
    return static_cast<std::size_t>(*width);
}

std::vector<Piece> pieces_of(const Given& output) {
    const std::string_view text = output.text;
    std::vector<Piece> pieces(1);
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool is_brace = c == '{' || c == '}';
        if (is_brace && at + 1 < text.size() && text[at + 1] == c) {
            ++at;
        } else if (c == '}') {
            refuse(output, "a } without its {; write }} for a brace");
        } else if (c == '{') {
            const std::size_t end = text.find('}', at);
            if (end == text.npos) {
                refuse(output, "a { without its }; write {{ for a brace");
            }
            const std::string_view inside = text.substr(at + 1, end - at - 1);
            const std::size_t colon = inside.find(':');
            pieces.back().field = field_named(inside.substr(0, colon), output);
            if (colon != inside.npos) {
                pieces.back().width =
                    width_of(inside.substr(colon + 1), pieces.back().field, output);
            }
            pieces.emplace_back();
            at = end;
            continue;
        }
        pieces.back().text += c;
    }
    return pieces;
}

/// A name that can't leave its folder, hide, or steer a terminal.
std::string as_file_name(std::string name) {
    for (char& c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '/' || byte < 0x20 || byte == 0x7F) {
            c = '-';
        }
    }
    if (name.starts_with(".")) {
        name.front() = '-';
    }
    return name;
}

std::string value_of(const Piece& piece, const OutputName& name, std::size_t index) {
    std::string value;
    switch (piece.field) {
        case Field::instrument:
            return name.instrument;
        case Field::index:
            value = std::to_string(index);
            break;
        case Field::seed:
            value = std::to_string(name.seed);
            break;
        case Field::name:
            return as_file_name(name.name);
        case Field::none:
            break;
    }
    return std::string(piece.width - std::min(piece.width, value.size()), '0') + value;
}

}  // namespace

OutputName output_name(const Patch& patch) {
    const std::string instrument(patch.instrument->name);
    return {instrument, patch.seed,
            patch.name.empty() ? instrument + "-" + std::to_string(patch.seed) : patch.name};
}

OutputName output_name(const std::string& path) {
    return {"sound", 0, path == "-" ? "stdin" : std::filesystem::path(path).stem().string()};
}

std::vector<std::string> output_paths(std::string_view flag, const std::string& output,
                                      std::span<const OutputName> names) {
    const Given given{flag, output};
    if (output.empty()) {
        refuse(given, "the name is empty");
    }
    const std::vector<Piece> pieces = pieces_of(given);
    std::vector<std::string> paths;
    std::map<std::string, std::size_t> first_index;
    for (std::size_t i = 0; i < names.size(); ++i) {
        std::string path;
        for (const Piece& piece : pieces) {
            path += piece.text + value_of(piece, names[i], i + 1);
        }
        const std::string same = std::filesystem::path(path).lexically_normal().string();
        const auto [other, is_new] = first_index.emplace(same, i + 1);
        if (!is_new) {
            refuse(given, "patches " + std::to_string(other->second) + " and " +
                              std::to_string(i + 1) + " would both be " + in_quotes(path) +
                              "; add {index} to the name");
        }
        paths.push_back(std::move(path));
    }
    return paths;
}

}  // namespace drumgen

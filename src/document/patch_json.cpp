#include "drumgen/patch_json.h"

#include <algorithm>

#include "base/json_writer.h"
#include "base/text.h"
#include "document/json_text.h"
#include "document/patch_object.h"
#include "drumgen/error.h"
#include "param/kit_keys.h"
#include "param/patch_keys.h"

namespace drumgen {

namespace {

struct Line {
    std::size_t number = 1;
    std::string_view text;
};

/// The lines that are not blank, without the white space around them.
std::vector<Line> lines_of(std::string_view text) {
    constexpr std::string_view blanks = " \t\r";
    std::vector<Line> lines;
    for (std::size_t number = 1, start = 0; start <= text.size(); ++number) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        const std::string_view line = text.substr(start, end - start);
        if (const std::size_t first = line.find_first_not_of(blanks); first != line.npos) {
            lines.push_back(
                {number, line.substr(first, line.find_last_not_of(blanks) - first + 1)});
        }
        start = end + 1;
    }
    return lines;
}

/// One object over many lines, or one object a line? The first line decides when it is complete; a
/// broken text is taken for lines when one of them looks like an object.
bool is_json_lines(std::string_view text, const std::vector<Line>& lines) {
    if (lines.size() < 2) {
        return false;
    }
    if (parse_json(lines.front().text).is_complete) {
        return true;
    }
    return !parse_json(text).is_complete &&
           std::any_of(lines.begin(), lines.end(), [](const Line& line) {
               return line.text.front() == '{' && line.text.back() == '}';
           });
}

Patch read_patch(std::string_view text, PatchReading& reading, std::vector<std::string>& problems) {
    const JsonText json = parse_json(text);
    for (const std::string& problem : json.problems) {
        problems.push_back(message(reading.place, "", problem));
    }
    return json.value ? patch_from_object(*json.value, reading, problems) : Patch{};
}

void write_rows(JsonWriter& writer, std::span<const Parameter> rows, const Values& values) {
    writer.begin_object();
    for (std::size_t i = 0; i < rows.size() && i < values.size(); ++i) {
        if (!values[i]) {
            continue;
        }
        const double value = values[i]->value;
        writer.key(rows[i].id);
        if (rows[i].choices.empty()) {
            writer.value(value);
        } else {
            writer.value(rows[i].choices[static_cast<std::size_t>(value)]);
        }
    }
    writer.end();
}

}  // namespace

Patch patch_from_json(std::string_view text, PatchReading& reading) {
    std::vector<std::string> problems;
    Patch patch = read_patch(text, reading, problems);
    if (!problems.empty()) {
        throw Error(Status::invalid, problems);
    }
    return patch;
}

std::vector<Patch> patches_from_json(std::string_view text, PatchReading& reading) {
    const std::vector<Line> lines = lines_of(text);
    if (lines.empty()) {
        throw Error(Status::invalid,
                    message(reading.place, "", "is empty, where a patch in JSON is expected"));
    }
    if (!is_json_lines(text, lines)) {
        return {patch_from_json(text, reading)};
    }
    std::vector<Patch> patches;
    std::vector<std::string> problems;
    PatchReading line_reading = reading;
    for (const Line& line : lines) {
        line_reading.place = formatted("{}:{}", reading.place, line.number);
        patches.push_back(read_patch(line.text, line_reading, problems));
    }
    reading.notes = line_reading.notes;
    reading.gains_db = line_reading.gains_db;
    if (!problems.empty()) {
        throw Error(Status::invalid, problems);
    }
    return patches;
}

std::string patch_to_json(const Patch& patch, const PatchTold& told) {
    JsonWriter writer;
    writer.begin_object();
    if (told.index) {
        writer.member(patch_keys::index, *told.index);
    }
    if (told.score) {
        writer.member(patch_keys::score, *told.score);
    }
    if (told.uncertainty) {
        writer.member(patch_keys::uncertainty, *told.uncertainty);
    }
    if (told.distance_db) {
        writer.member(patch_keys::distance, *told.distance_db);
    }
    if (!told.differs.empty()) {
        writer.member(patch_keys::differs, told.differs);
    }
    if (told.gain_db) {
        writer.member(kit_keys::gain_db, *told.gain_db);
    }
    if (told.hit) {
        writer.member(patch_keys::hit, *told.hit);
    }
    if (!told.hits.empty()) {
        writer.list(patch_keys::hits, told.hits);
    }
    writer.member(patch_keys::instrument, patch.instrument->name)
        .member(patch_keys::version, patch.version);
    if (!patch.name.empty()) {
        writer.member(patch_keys::name, patch.name);
    }
    writer.member(patch_keys::seed, patch.seed);
    write_rows(writer.key(patch_keys::params), patch.instrument->parameters, patch.params);
    const bool is_set = std::any_of(patch.render.begin(), patch.render.end(),
                                    [](const auto& value) { return value.has_value(); });
    if (is_set) {
        write_rows(writer.key(patch_keys::render), render_parameters(), patch.render);
    }
    return writer.end().text();
}

}  // namespace drumgen

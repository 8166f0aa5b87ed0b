#include "document/ratings.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>

#include "base/json_writer.h"
#include "base/text.h"
#include "document/json_text.h"
#include "document/patch_object.h"
#include "drumgen/error.h"
#include "drumgen/patch_json.h"
#include "param/patch_keys.h"

namespace drumgen {
namespace {

using nlohmann::json;

constexpr std::string_view time_key = "time";
constexpr std::string_view label_key = "label";
constexpr std::string_view patch_key = "patch";
constexpr std::string_view features_key = "features";
constexpr std::string_view features_version_key = "features_version";
constexpr std::string_view undo_key = "undo";
constexpr std::string_view like = "like";
constexpr std::string_view dislike = "dislike";

/// Begins an object, with what --list shows.
JsonWriter begun(const Rating& rating) {
    JsonWriter writer;
    writer.begin_object()
        .member(time_key, rating.time)
        .member(label_key, rating.is_liked ? like : dislike)
        .member_json(patch_key, patch_to_json(rating.patch));
    return writer;
}

/// The instrument of a rating that stands as rating_line() writes it; none for any other line.
std::optional<std::string_view> kind_of(std::string_view line) {
    // The time holds no quote, the label is a word, and the patch begins with its instrument.
    std::string_view left = line;
    const auto skip = [&left](std::string_view text) {
        const bool is_next = left.starts_with(text);
        left.remove_prefix(is_next ? text.size() : 0);
        return is_next;
    };
    const auto word = [&left] {
        const std::string_view text = left.substr(0, left.find('"'));
        left.remove_prefix(text.size());
        return text;
    };
    if (!line.ends_with("}}") || !skip("{\"time\": \"")) {
        return std::nullopt;
    }
    (void)word();
    if (!skip("\", \"label\": \"")) {
        return std::nullopt;
    }
    if (const std::string_view label = word(); label != like && label != dislike) {
        return std::nullopt;
    }
    if (!skip("\", \"patch\": {\"instrument\": \"")) {
        return std::nullopt;
    }
    return word();
}

/// How the features begin in such a line. No string of JSON holds a quote like these.
constexpr std::string_view features_begin = ", \"features_version\": ";

/// How many ratings a line takes back; 0 for any other line.
std::size_t undone_by(const std::string& line) {
    if (line.find(undo_key) == line.npos) {
        return 0;
    }
    const JsonText parsed = parse_json(line);
    if (!parsed.value || !parsed.value->is_object() || !parsed.value->contains(undo_key)) {
        return 0;
    }
    const json& count = parsed.value->at(undo_key);
    return count.is_number_unsigned() ? count.get<std::size_t>() : 0;
}

/// Takes away parameters that the patch's instrument does not have, or has no more.
///   returns   whether there were any
bool leave_out_unknown(json& patch) {
    const auto name = patch.find(patch_keys::instrument);
    const auto params = patch.find(patch_keys::params);
    if (name == patch.end() || !name->is_string() || params == patch.end() ||
        !params->is_object()) {
        return false;
    }
    const Instrument* const instrument = instrument_named(name->get_ref<const std::string&>());
    if (instrument == nullptr) {
        return false;
    }
    const std::span<const Parameter> rows = instrument->parameters;
    std::vector<std::string> unknown;
    for (const auto& [key, value] : params->items()) {
        if (std::none_of(rows.begin(), rows.end(),
                         [&key = key](const Parameter& row) { return row.id.view() == key; })) {
            unknown.push_back(key);
        }
    }
    for (const std::string& key : unknown) {
        params->erase(key);
    }
    return !unknown.empty();
}

}  // namespace

void read_rating(const std::string& text, const std::string& place, Ratings& ratings) {
    JsonText parsed = parse_json(text);
    const auto refuse = [&](const std::string& reason) {
        ratings.problems.push_back(formatted("{}: {}", place, reason));
    };
    if (!parsed.value || !parsed.problems.empty() || !parsed.value->is_object()) {
        refuse("is damaged, no rating");
        return;
    }
    json& line = *parsed.value;
    if (line.contains(undo_key)) {
        const json& count = line.at(undo_key);
        if (!count.is_number_unsigned() || count.get<std::size_t>() > ratings.ratings.size()) {
            refuse("undoes more ratings than there are");
            return;
        }
        ratings.ratings.resize(ratings.ratings.size() - count.get<std::size_t>());
        return;
    }
    Rating rating;
    const auto label = line.find(label_key);
    const auto patch = line.find(patch_key);
    if (label == line.end() || (*label != like && *label != dislike) || patch == line.end()) {
        refuse("has no label like or dislike, or no patch");
        return;
    }
    rating.is_liked = *label == like;
    if (const auto time = line.find(time_key); time != line.end() && time->is_string()) {
        rating.time = time->get<std::string>();
    }
    if (const auto features = line.find(features_key); features != line.end()) {
        rating.features_json = features->dump();
    }
    // Lines of before there were versions have none.
    if (const auto version = line.find(features_version_key);
        version != line.end() && version->is_number_integer()) {
        rating.features_version = version->get<int>();
    }
    PatchReading reading;
    reading.clamp = true;
    std::vector<std::string> problems;
    const bool is_adapted = leave_out_unknown(*patch);
    rating.patch = patch_from_object(*patch, reading, problems);
    if (!problems.empty()) {
        refuse(problems.front());
        return;
    }
    ratings.adapted += is_adapted || !reading.notes.empty() ? 1 : 0;
    ratings.ratings.push_back(std::move(rating));
}

Ratings newest_ratings(std::span<const NumberedLine> lines, const std::string& place,
                       const Instrument& instrument, std::size_t most) {
    Ratings newest;
    // From the end: an undoing takes back the ratings before it that count.
    std::size_t undone = 0;
    for (auto line = lines.rbegin(); line != lines.rend() && newest.ratings.size() < most; ++line) {
        const std::optional<std::string_view> kind = kind_of(line->text);
        if (kind && (undone > 0 || *kind != instrument.name)) {
            undone -= undone > 0 ? 1 : 0;
            continue;
        }
        if (const std::size_t count = undone_by(line->text); count > 0) {
            undone += count;
            continue;
        }
        Ratings one;
        // The features at the end are most of the text, and nobody asks for them.
        const std::size_t end = kind ? line->text.find(features_begin) : line->text.npos;
        const std::string text =
            end == line->text.npos ? line->text : line->text.substr(0, end) + "}";
        read_rating(text, formatted("{}:{}", place, line->number), one);
        newest.problems.insert(newest.problems.end(), one.problems.begin(), one.problems.end());
        if (one.ratings.empty()) {
            continue;
        }
        if (undone > 0) {
            --undone;
        } else if (one.ratings.front().patch.instrument == &instrument) {
            newest.adapted += one.adapted;
            newest.ratings.push_back(std::move(one.ratings.front()));
        }
    }
    std::reverse(newest.ratings.begin(), newest.ratings.end());
    std::reverse(newest.problems.begin(), newest.problems.end());
    return newest;
}

std::string rating_json(const Rating& rating) {
    return begun(rating).end().line();
}

std::string rating_line(const Rating& rating) {
    return begun(rating)
        .member(features_version_key, rating.features_version)
        .member_json(features_key, rating.features_json)
        .end()
        .line();
}

std::string undo_line(std::size_t count, const std::string& time) {
    JsonWriter writer;
    return writer.begin_object().member(time_key, time).member(undo_key, count).end().line();
}

std::vector<std::string> skipped_lines(const Ratings& ratings) {
    std::vector<std::string> told;
    for (const std::string& problem : ratings.problems) {
        told.push_back(problem + "; the line is skipped");
    }
    return first_problems(std::move(told));
}

std::vector<std::string> adapted_ratings(const Ratings& ratings) {
    if (ratings.adapted == 0) {
        return {};
    }
    return {
        formatted("{} ratings are of other parameters than there are now; unknown ones are "
                  "left out, and values held inside their limits",
                  ratings.adapted)};
}

}  // namespace drumgen

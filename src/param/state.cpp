#include "param/state.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

#include "base/text.h"
#include "drumgen/error.h"
#include "param/note.h"
#include "param/patch_keys.h"
#include "param/quantity.h"
#include "param/wording.h"

namespace drumgen {

namespace {

/// What messages about a patch are about; empty while its instrument is unknown.
std::string_view subject_of(const Patch& patch) {
    return patch.instrument == nullptr ? std::string_view() : patch.instrument->name;
}

/// One value being stated: in which object, and where problems go.
class RowWriter {
public:
    RowWriter(const Patch& patch, std::span<const Parameter> rows, Values& values, Stating& stating)
        : subject_(subject_of(patch)), rows_(rows), values_(values), stating_(stating) {
        values_.resize(rows_.size());
    }

    /// The row of that key; null, with the problem told, when there is none.
    const Parameter* row(std::string_view key, std::string_view kind, std::string_view list) {
        std::vector<std::string_view> ids;
        for (const Parameter& row : rows_) {
            if (row.id.view() == key) {
                return &row;
            }
            ids.push_back(row.id);
        }
        problem(formatted("unknown {} {}{}", kind, in_quotes(key), did_you_mean(key, ids, list)));
        return nullptr;
    }

    void number(const Parameter& row, double value) {
        if (!row.choices.empty()) {
            return mismatch(row, number_to_text(value));
        }
        if (!std::isfinite(value)) {
            return mismatch(row, std::isnan(value) ? "nan" : value < 0 ? "-inf" : "inf");
        }
        const double taken = nearest_allowed(row, value);
        if (taken != value && !stating_.clamp) {
            return problem(given(row, number_to_text(value)) +
                           (row.values.empty() ? " is outside " : " is not one of ") +
                           allowed_text(row));
        }
        if (taken != value) {
            stating_.notes.push_back(
                message(stating_.place, subject_,
                        formatted("{} taken as {}", given(row, number_to_text(value)),
                                  value_text(row, taken))));
        }
        take(row, taken == 0 ? 0 : taken);  // -0 becomes 0
    }

    void word(const Parameter& row, std::string_view word) {
        if (row.choices.empty()) {
            return mismatch(row, in_quotes(word), number_from_text(word) ? ", without quotes" : "");
        }
        const auto found = std::find(row.choices.begin(), row.choices.end(), word);
        if (found != row.choices.end()) {
            return take(row, static_cast<double>(found - row.choices.begin()));
        }
        mismatch(row, in_quotes(word), did_you_mean(word, row.choices));
    }

    void text(const Parameter& row, std::string_view text) {
        if (!row.choices.empty()) {
            return word(row, text);
        }
        if (const auto value = quantity_from_text(text, row.unit)) {
            return number(row, *value);
        }
        std::string with_point(text);
        std::replace(with_point.begin(), with_point.end(), ',', '.');
        const bool is_comma = with_point != text && quantity_from_text(with_point, row.unit);
        mismatch(row, in_quotes(text), is_comma ? formatted(", did you mean {}?", with_point) : "");
    }

    /// Tells that something is of the wrong kind, and which would be right.
    void mismatch(const Parameter& row, std::string_view what, std::string_view remedy = "") {
        problem(given(row, what) + (row.choices.empty() ? " is not a number within " : " is not ") +
                allowed_text(row) + std::string(remedy));
    }

private:
    static std::string given(const Parameter& row, std::string_view value) {
        return formatted("{} = {}", row.id.view(), value);
    }

    static double nearest_allowed(const Parameter& row, double value) {
        const auto distance = [value](double left, double right) {
            return std::fabs(left - value) < std::fabs(right - value);
        };
        return row.values.empty()
                   ? std::clamp(value, row.allowed.min, row.allowed.max)
                   : *std::min_element(row.values.begin(), row.values.end(), distance);
    }

    void take(const Parameter& row, double value) {
        values_[static_cast<std::size_t>(&row - rows_.data())] = Value{value, stating_.origin};
    }

    void problem(const std::string& text) {
        stating_.problems.push_back(message(stating_.place, subject_, text));
    }

    std::string_view subject_;
    std::span<const Parameter> rows_;
    Values& values_;
    Stating& stating_;
};

template <class Take>
void state_param(Patch& patch, std::string_view key, Stating& stating, Take take) {
    RowWriter writer(patch, patch.instrument->parameters, patch.params, stating);
    const std::string list =
        formatted("; see drumgen schema {} --format text", patch.instrument->name);
    if (const Parameter* row = writer.row(key, "parameter", list)) {
        take(writer, *row);
    }
}

template <class Take>
void state_setting(Patch& patch, std::string_view key, Stating& stating, Take take) {
    RowWriter writer(patch, render_parameters(), patch.render, stating);
    std::string list;
    for (const Parameter& row : render_parameters()) {
        list += (list.empty() ? "; known are " : ", ") + std::string(row.id.view());
    }
    if (const Parameter* row = writer.row(key, "render setting", list)) {
        take(writer, *row);
    }
}

}  // namespace

void state_number(Patch& patch, std::string_view key, double value, Stating& stating) {
    state_param(patch, key, stating,
                [&](RowWriter& writer, const Parameter& row) { writer.number(row, value); });
}

void state_word(Patch& patch, std::string_view key, std::string_view word, Stating& stating) {
    state_param(patch, key, stating,
                [&](RowWriter& writer, const Parameter& row) { writer.word(row, word); });
}

void state_text(Patch& patch, std::string_view key, std::string_view text, Stating& stating) {
    state_param(patch, key, stating,
                [&](RowWriter& writer, const Parameter& row) { writer.text(row, text); });
}

void state_other(Patch& patch, std::string_view key, std::string_view what, Stating& stating) {
    state_param(patch, key, stating,
                [&](RowWriter& writer, const Parameter& row) { writer.mismatch(row, what); });
}

void state_render_number(Patch& patch, std::string_view key, double value, Stating& stating) {
    state_setting(patch, key, stating,
                  [&](RowWriter& writer, const Parameter& row) { writer.number(row, value); });
}

void state_render_word(Patch& patch, std::string_view key, std::string_view word,
                       Stating& stating) {
    state_setting(patch, key, stating,
                  [&](RowWriter& writer, const Parameter& row) { writer.word(row, word); });
}

void state_render_text(Patch& patch, std::string_view key, std::string_view text,
                       Stating& stating) {
    // A word may bring its number, which has a row of its own: "loudness=-14".
    if (const std::size_t equals = text.find('='); equals != text.npos) {
        const std::string_view word = text.substr(0, equals);
        const std::string target = std::string(word) + "_target";
        const auto rows = render_parameters();
        if (std::any_of(rows.begin(), rows.end(),
                        [&](const Parameter& row) { return row.id.view() == target; })) {
            state_render_text(patch, key, word, stating);
            state_render_text(patch, target, text.substr(equals + 1), stating);
            return;
        }
    }
    state_setting(patch, key, stating,
                  [&](RowWriter& writer, const Parameter& row) { writer.text(row, text); });
}

void state_render_other(Patch& patch, std::string_view key, std::string_view what,
                        Stating& stating) {
    state_setting(patch, key, stating,
                  [&](RowWriter& writer, const Parameter& row) { writer.mismatch(row, what); });
}

void state_seed_text(Patch& patch, std::string_view text, Stating& stating) {
    std::uint64_t seed = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, seed);
    if (error == std::errc{} && stop == end) {
        patch.seed = seed;
        return;
    }
    stating.problems.push_back(
        message(stating.place, subject_of(patch), seed_problem(in_quotes(text))));
}

Statement statement_of(std::string_view assignment) {
    const std::size_t equals = assignment.find('=');
    if (equals == 0 || equals == assignment.npos) {
        throw Error(Status::invalid,
                    formatted("--set {} is not KEY=VALUE, such as \"--set seed=7\"",
                              in_quotes(assignment)));
    }
    Statement statement;
    statement.text = assignment.substr(equals + 1);
    std::string_view key = assignment.substr(0, equals);
    const std::string settings = std::string(patch_keys::render) + ".";
    if (key == patch_keys::seed) {
        statement.target = Statement::Target::seed;
    } else if (key.starts_with(settings)) {
        statement.target = Statement::Target::setting;
        key.remove_prefix(settings.size());
    }
    statement.key = key;
    return statement;
}

bool is_assignment(std::string_view word) {
    const std::size_t equals = word.find('=');
    return equals != word.npos && equals > 0 &&
           std::all_of(
               word.begin(), word.begin() + static_cast<std::ptrdiff_t>(equals), [](char c) {
                   return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
               });
}

void state_all(Patch& patch, const std::vector<Statement>& statements, Stating& stating) {
    for (const auto& [target, key, text] : statements) {
        switch (target) {
            case Statement::Target::parameter:
                state_text(patch, key, text, stating);
                break;
            case Statement::Target::setting:
                state_render_text(patch, key, text, stating);
                break;
            case Statement::Target::seed:
                state_seed_text(patch, text, stating);
                break;
            case Statement::Target::pitch:
                state_note_text(patch, text, stating);
                break;
        }
    }
}

}  // namespace drumgen

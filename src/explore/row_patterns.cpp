#include "explore/row_patterns.h"

#include <algorithm>
#include <functional>
#include <span>
#include <utility>

#include "base/text.h"
#include "drumgen/error.h"
#include "param/patch_keys.h"

namespace drumgen {
namespace {

bool matches(std::string_view pattern, std::string_view name) {
    return pattern.ends_with('*') ? name.starts_with(pattern.substr(0, pattern.size() - 1))
                                  : name == pattern;
}

/// Calls `found` with each row that a pattern names, or `seed`.
void each_match(const Instrument& instrument, std::string_view flag, const std::string& pattern,
                const std::function<void(std::size_t)>& found, const std::function<void()>& seed) {
    bool is_known = matches(pattern, patch_keys::seed);
    if (is_known) {
        seed();
    }
    std::vector<std::string_view> names{patch_keys::seed};
    for (std::size_t i = 0; i < instrument.parameters.size(); ++i) {
        names.push_back(instrument.parameters[i].id.view());
        if (matches(pattern, names.back())) {
            found(i);
            is_known = true;
        }
    }
    if (!is_known) {
        const std::string remedy =
            formatted("; see drumgen schema {} --format text", instrument.name);
        throw Error(Status::invalid,
                    formatted("{} {}: {} has no such parameter{}", flag, in_quotes(pattern),
                              instrument.name, did_you_mean(pattern, names, remedy)));
    }
}

}  // namespace

Freedom freedom_of(const Instrument& instrument, const std::vector<bool>& moving,
                   const std::vector<std::string>& only, const std::vector<std::string>& lock) {
    Freedom freedom{moving, true};
    if (!only.empty()) {
        std::fill(freedom.rows.begin(), freedom.rows.end(), false);
        freedom.seed = false;
    }
    for (const std::string& pattern : only) {
        each_match(
            instrument, "--only", pattern,
            [&](std::size_t row) {
                // A pattern frees what moves by itself; a whole name anything.
                freedom.rows[row] = moving[row] || !pattern.ends_with('*');
            },
            [&] { freedom.seed = true; });
    }
    for (const std::string& pattern : lock) {
        each_match(
            instrument, "--lock", pattern, [&](std::size_t row) { freedom.rows[row] = false; },
            [&] { freedom.seed = false; });
    }
    return freedom;
}

std::optional<std::size_t> setting_named(std::string_view name) {
    constexpr std::string_view prefix = "render.";
    if (name.starts_with(prefix)) {
        name.remove_prefix(prefix.size());
    }
    const std::span<const Parameter> rows = render_parameters();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].id.view() == name) {
            return i;
        }
    }
    return std::nullopt;
}

std::vector<std::size_t> settings_among(std::vector<std::string>& names) {
    std::vector<std::size_t> settings;
    std::erase_if(names, [&settings](const std::string& name) {
        const std::optional<std::size_t> setting = setting_named(name);
        if (setting) {
            settings.push_back(*setting);
        }
        return setting.has_value();
    });
    return settings;
}

Freedom freedom_with_settings(const Patch& patch, std::vector<std::string> only,
                              std::vector<std::string> lock) {
    std::vector<bool> settings(render_parameters().size());
    const bool is_limited = !only.empty();
    for (const std::size_t setting : settings_among(only)) {
        settings[setting] = true;
    }
    for (const std::size_t setting : settings_among(lock)) {
        settings[setting] = false;
    }
    Freedom freedom;
    if (is_limited && only.empty()) {
        freedom.rows.assign(patch.instrument->parameters.size(), false);
        freedom.seed = false;
    } else {
        freedom = freedom_of(*patch.instrument, moving_rows(patch), only, lock);
    }
    freedom.settings = std::move(settings);
    return freedom;
}

Freedom mutation_freedom(const Patch& patch, const std::vector<std::string>& only,
                         const std::vector<std::string>& lock) {
    for (const std::string& name : only) {
        const std::optional<std::size_t> setting = setting_named(name);
        if (setting && !is_continuous(render_parameters()[*setting])) {
            throw Error(Status::invalid,
                        formatted("--only {}: it is a word or one of some "
                                  "values, which does not move",
                                  in_quotes(render_parameters()[*setting].id.view())));
        }
    }
    return freedom_with_settings(patch, only, lock);
}

}  // namespace drumgen

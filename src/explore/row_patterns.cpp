#include "explore/row_patterns.h"

#include <algorithm>
#include <functional>
#include <string_view>

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

}  // namespace drumgen

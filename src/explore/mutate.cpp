#include "explore/mutate.h"

#include <algorithm>
#include <cstddef>

#include "base/random.h"
#include "param/normalise.h"

namespace drumgen {

namespace {

/// Between two values of a row, `part` of the way along its curve.
double between(const Parameter& row, double from, double to, double part) {
    const double low = normalised(row, from);
    const double high = normalised(row, to);
    return short_from_normalised(row, low + (high - low) * part);
}

/// Values `part` of the way from one patch to another: rows that either states.
Values values_between(std::span<const Parameter> rows, const Values& from, const Values& to,
                      const std::vector<std::optional<double>>& whole_from,
                      const std::vector<std::optional<double>>& whole_to, double part) {
    Values values(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool is_stated = from[i] || to[i];
        if (!is_stated) {
            continue;
        }
        if (is_continuous(rows[i]) && whole_from[i] && whole_to[i]) {
            values[i] = Value{between(rows[i], *whole_from[i], *whole_to[i], part), Origin::given};
        } else {
            values[i] = part < 0.5 ? from[i] : to[i];
        }
    }
    return values;
}

std::vector<std::optional<double>> whole_params(const Patch& patch) {
    std::vector<std::optional<double>> values;
    for (const Value& value : resolve(patch).params) {
        values.emplace_back(value.value);
    }
    return values;
}

/// Render settings are only between two where both state them: an absent one may mean no number.
std::vector<std::optional<double>> stated(const Values& values) {
    std::vector<std::optional<double>> numbers;
    for (const std::optional<Value>& value : values) {
        numbers.push_back(value ? std::optional(value->value) : std::nullopt);
    }
    return numbers;
}

}  // namespace

bool is_continuous(const Parameter& row) {
    return row.choices.empty() && row.values.empty();
}

std::vector<bool> moving_rows(const Patch& patch) {
    std::vector<bool> rows;
    const std::span<const Parameter> table = patch.instrument->parameters;
    for (std::size_t i = 0; i < table.size(); ++i) {
        rows.push_back(table[i].layer.empty() || patch.params[i].has_value());
    }
    return rows;
}

Patch mutated(const Patch& patch, double amount, const Freedom& freedom, std::uint64_t seed,
              std::uint64_t index) {
    Patch variation = patch;
    const std::vector<std::optional<double>> values = whole_params(patch);
    const std::span<const Parameter> rows = patch.instrument->parameters;
    const std::uint64_t own = mixed(seed, index);
    const RandomStream stream = random_stream(own, "mutate");
    const auto moved = [&](const Parameter& row, double from, std::size_t place_in_stream) {
        const double at = normalised(row, from);
        const double low = std::clamp(at - amount / 2, 0.0, 1 - amount);
        const double drawn = random_uniform(stream, static_cast<std::uint32_t>(place_in_stream));
        return Value{short_from_normalised(row, low + amount * drawn), Origin::given};
    };
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (freedom.rows[i] && amount > 0) {
            variation.params[i] = moved(rows[i], *values[i], i);
        }
    }
    const std::span<const Parameter> settings = render_parameters();
    for (std::size_t i = 0; i < freedom.settings.size(); ++i) {
        if (freedom.settings[i] && amount > 0) {
            const double value = patch.render[i] ? patch.render[i]->value : settings[i].standard;
            variation.render[i] = moved(settings[i], value, rows.size() + i);
        }
    }
    if (freedom.seed) {
        variation.seed = own >> 32;  // short enough to type
    }
    variation.name.clear();
    variation.index.reset();
    return variation;
}

Patch between(const Patch& from, const Patch& to, double part) {
    if (part <= 0 || part >= 1) {
        return part <= 0 ? from : to;
    }
    Patch patch = part < 0.5 ? from : to;
    patch.params = values_between(from.instrument->parameters, from.params, to.params,
                                  whole_params(from), whole_params(to), part);
    patch.render = values_between(render_parameters(), from.render, to.render, stated(from.render),
                                  stated(to.render), part);
    patch.name.clear();
    return patch;
}

std::vector<Patch> morphed(const Patch& from, const Patch& to, std::uint64_t steps) {
    std::vector<Patch> patches;
    for (std::uint64_t step = 0; step < steps; ++step) {
        patches.push_back(
            between(from, to, static_cast<double>(step) / static_cast<double>(steps - 1)));
    }
    return patches;
}

}  // namespace drumgen

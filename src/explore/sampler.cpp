#include "explore/sampler.h"

#include <span>

#include "base/random.h"
#include "drumgen/specimens.h"
#include "explore/dice.h"
#include "param/normalise.h"

namespace drumgen {

namespace {

Patch draw(const Instrument& instrument, std::uint64_t seed, std::uint64_t index,
           Range Parameter::*range) {
    Patch patch = empty_patch(instrument);
    const std::uint64_t own = mixed(seed, index);
    patch.seed = own >> 32;  // short enough to type
    const RandomStream stream = random_stream(own, instrument.name);
    for (std::size_t row = 0; row < instrument.parameters.size(); ++row) {
        const Parameter& parameter = instrument.parameters[row];
        if (parameter.optional) {
            continue;
        }
        const double low = normalised(parameter, (parameter.*range).min);
        const double high = normalised(parameter, (parameter.*range).max);
        const double place = random_uniform(stream, static_cast<std::uint32_t>(row));
        const double value = short_from_normalised(parameter, low + (high - low) * place);
        patch.params[row] = Value{value, Origin::given};
    }
    return patch;
}

// Figures of this file: measured by ./dev bench specimens.

/// Share of the draws that keep the specimen's seed: what the seed makes of a drum is part of it.
constexpr double kept_seeds = 0.7;

/// Moves the numbers that are stated, each along its row's curve.
void stray(std::span<const Parameter> rows, Values& values, double deviation, Dice& dice) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (values[row] && rows[row].choices.empty()) {
            const double place =
                reflected(normalised(rows[row], values[row]->value) + deviation * dice.normal());
            values[row]->value = short_from_normalised(rows[row], place);
        }
    }
}

/// One of the specimens, by their weights; null when there is none.
const Specimen* drawn(std::span<const Specimen> specimens, Dice& dice) {
    double all = 0;
    for (const Specimen& specimen : specimens) {
        all += specimen.weight;
    }
    double left = all * dice.uniform();
    for (const Specimen& specimen : specimens) {
        left -= specimen.weight;
        if (left < 0) {
            return &specimen;
        }
    }
    return specimens.empty() ? nullptr : &specimens.back();
}

/// The same of other kits than one: what would have been of that one is drawn again, and nothing else
/// changes.
const Specimen* drawn_without(std::string_view kit, std::span<const Specimen> specimens,
                              Dice& dice) {
    constexpr int tries = 100;
    for (int k = 0; k < tries; ++k) {
        const Specimen* const specimen = drawn(specimens, dice);
        if (specimen == nullptr || specimen->kit != kit) {
            return specimen;
        }
    }
    return nullptr;
}

}  // namespace

Patch propose_typical(const Instrument& instrument, std::uint64_t seed, std::uint64_t index,
                      const Typical& typical) {
    Dice dice(seed, "typical", index);
    const bool is_even = dice.uniform() < typical.wild;
    const Specimen* const specimen =
        is_even ? nullptr : drawn_without(typical.without, specimens_of(instrument), dice);
    if (specimen == nullptr) {
        return propose_uniform(instrument, seed, index);
    }
    Patch patch = specimen->patch;
    if (dice.uniform() >= kept_seeds) {
        patch.seed = mixed(seed, index) >> 32;
    }
    stray(instrument.parameters, patch.params, specimen->spread, dice);
    stray(render_parameters(), patch.render, specimen->spread, dice);
    return patch;
}

Patch propose_uniform(const Instrument& instrument, std::uint64_t seed, std::uint64_t index) {
    return draw(instrument, seed, index, &Parameter::propose);
}

Patch sample_allowed(const Instrument& instrument, std::uint64_t seed, std::uint64_t index) {
    return draw(instrument, seed, index, &Parameter::allowed);
}

}  // namespace drumgen

#include "kit/propose_kit.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/json_writer.h"
#include "base/math.h"
#include "base/random.h"
#include "base/text.h"
#include "base/units.h"
#include "document/builtin_presets.h"
#include "document/kit_json.h"
#include "explore/mutate.h"
#include "param/state.h"

namespace drumgen {
namespace {

constexpr std::uint64_t draws = 16;       // of each role
constexpr std::uint64_t draws_alike = 6;  // of each macro, for another hit of a sound
constexpr int rounds = 3;                 // after which hardly any kit gets better

/// Tunes a patch to a note of the triad, one of those that its proposal range reaches.
void tune(Patch& patch, const MusicalKey& key, std::uint64_t choice) {
    const Instrument& instrument = *patch.instrument;
    if (instrument.value_for_pitch == nullptr) {
        return;
    }
    constexpr int lowest = 12;
    constexpr int highest = 108;
    const Parameter& row = instrument.parameters[instrument.pitch_row];
    const std::array<int, 3> notes = triad_of(key);
    std::vector<double> values;
    for (int midi = lowest; midi <= highest; ++midi) {
        const double value = instrument.value_for_pitch(hz_from_midi(midi));
        if (std::find(notes.begin(), notes.end(), midi % 12) != notes.end() &&
            value >= row.propose.min && value <= row.propose.max) {
            values.push_back(value);
        }
    }
    if (values.empty()) {
        return;
    }
    Stating stating;
    state_number(patch, row.id.view(), values[choice % values.size()], stating);
}

/// The built-in presets of an instrument.
std::vector<Patch> presets_of(const Instrument& instrument) {
    std::vector<Patch> patches;
    for (const Preset& preset : builtin_presets()) {
        if (preset.name.starts_with(std::string(instrument.name) + "/")) {
            patches.push_back(patch_of_preset(preset.name, preset.json, preset.name));
        }
    }
    return patches;
}

/// Half as proposals are, the others round presets, since many of those ring longer than a beat.
std::vector<KitPart> drawn(const KitRole& role, const MusicalKey& key, std::uint64_t seed,
                           double wild) {
    constexpr double reach = 0.4;  // of each macro's range round a preset
    const Instrument& instrument = find_instrument(role.instrument);
    const std::vector<Patch> presets = presets_of(instrument);
    std::vector<KitPart> parts;
    for (std::uint64_t draw = 0; draw < draws; ++draw) {
        Patch patch = propose_typical(instrument, seed, draw, {wild});
        if (draw % 2 != 0 && !presets.empty()) {
            const Patch& preset = presets[mixed(seed, draw) % presets.size()];
            patch = mutated(preset, reach, {moving_rows(preset)}, seed, draw);
        }
        tune(patch, key, mixed(seed, ~draw));
        parts.push_back(measure_part(role, patch));
    }
    return parts;
}

/// Other hits of a sound: one macro anywhere, all else as it is.
std::vector<KitPart> alike(const KitRole& role, const KitPart& sound, std::uint64_t seed) {
    const std::span<const Parameter> rows = sound.patch.instrument->parameters;
    std::vector<KitPart> parts;
    for (std::size_t row = 0; row < rows.size() && rows[row].layer.empty(); ++row) {
        Freedom freedom{std::vector<bool>(rows.size(), false), false};
        freedom.rows[row] = true;
        for (std::uint64_t draw = 0; draw < draws_alike; ++draw) {
            parts.push_back(measure_part(
                role, mutated(sound.patch, 1, freedom, seed, row * draws_alike + draw)));
        }
    }
    return parts;
}

/// Of each row of candidates the place of the one that is chosen: one after the other is changed
/// for the best, the others as they are. Of equals the first.
std::vector<KitPart> climbed(const std::vector<std::vector<KitPart>>& candidates,
                             const KitWish& wish) {
    std::vector<KitPart> chosen;
    for (const std::vector<KitPart>& row : candidates) {
        chosen.push_back(row.front());
    }
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            std::vector<KitPart> tried = chosen;
            double best = fit_of(chosen, wish).all();
            for (const KitPart& candidate : candidates[i]) {
                tried[i] = candidate;
                if (const double fit = fit_of(tried, wish).all(); fit > best) {
                    best = fit;
                    chosen[i] = candidate;
                }
            }
        }
    }
    return chosen;
}

/// The other hit that fits best and is most like the sound.
KitPart best_alike(const std::vector<KitPart>& candidates, const KitPart& sound,
                   std::vector<KitPart> others, const KitWish& wish) {
    const KitPart* best = nullptr;
    double highest = -1;
    others.emplace_back();
    for (const KitPart& candidate : candidates) {
        others.back() = candidate;
        const double value = fit_of(others, wish).lengths * overlap(candidate, sound);
        if (value > highest) {
            highest = value;
            best = &candidate;
        }
    }
    return best != nullptr ? *best : sound;
}

Kit kit_of(const std::vector<KitPart>& parts) {
    Kit kit;
    for (const KitPart& part : parts) {
        Slot slot;
        slot.name = part.role.slot;
        slot.patch = part.patch;
        kit.slots.push_back(std::move(slot));
    }
    return kit;
}

std::string fit_json(const KitFit& fit) {
    const auto thousandths = [](double value) { return math::nearest(value, 1000); };
    JsonWriter writer;
    return writer.begin_object()
        .member("all", thousandths(fit.all()))
        .member("tuning", thousandths(fit.tuning))
        .member("order", thousandths(fit.order))
        .member("gaps", thousandths(fit.gaps))
        .member("lengths", thousandths(fit.lengths))
        .end()
        .text();
}

}  // namespace

ProposedKit propose_kit(const std::optional<MusicalKey>& key, double tempo_bpm, std::uint64_t seed,
                        std::uint64_t index, double wild) {
    const std::uint64_t own = mixed(seed, index);
    constexpr int keys = 12;
    ProposedKit proposed;
    proposed.wish.key = key.value_or(MusicalKey{static_cast<int>(own % keys), own / keys % 2 != 0});
    proposed.wish.tempo_bpm = tempo_bpm;
    std::vector<std::vector<KitPart>> candidates;
    std::uint64_t number = 0;
    const std::vector<KitRole> roles = kit_roles();
    for (const KitRole& role : roles) {
        ++number;
        if (role.like.empty()) {
            candidates.push_back(drawn(role, proposed.wish.key, mixed(own, number), wild));
        }
    }
    std::vector<KitPart> parts = climbed(candidates, proposed.wish);
    for (const KitRole& role : roles) {
        const auto sound = std::find_if(parts.begin(), parts.end(), [&role](const KitPart& part) {
            return part.role.slot == role.like;
        });
        if (!role.like.empty() && sound != parts.end()) {
            const KitPart found = *sound;
            parts.push_back(
                best_alike(alike(role, found, mixed(own, ++number)), found, parts, proposed.wish));
        }
    }
    proposed.fit = fit_of(parts, proposed.wish);
    proposed.kit = kit_of(parts);
    proposed.kit.index = index;
    proposed.kit.name = formatted("Kit {} in {}", index, name_of(proposed.wish.key));
    return proposed;
}

std::vector<KitPart> random_parts(std::uint64_t seed, std::uint64_t index) {
    std::vector<KitPart> parts;
    std::uint64_t number = 0;
    for (const KitRole& role : kit_roles()) {
        const std::uint64_t own = mixed(mixed(seed, index), ++number);
        parts.push_back(
            measure_part(role, propose_uniform(find_instrument(role.instrument), own, number)));
    }
    return parts;
}

std::string proposed_kit_json(const ProposedKit& proposed) {
    return kit_to_json(proposed.kit, fit_json(proposed.fit));
}

}  // namespace drumgen

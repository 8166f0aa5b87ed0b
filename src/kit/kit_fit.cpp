#include "kit/kit_fit.h"

#include <algorithm>

#include "base/math.h"
#include "base/units.h"
#include "drumgen/render.h"
#include "sound_file/patch_wav.h"

namespace drumgen {
namespace {

// By ear, and by what patterns leave room for: a kick a beat, a hat a sixteenth or an eighth.
constexpr std::array roles{
    KitRole{"kick", "kick", 0.25, 1, 0, {}},
    KitRole{"snare", "snare", 0.15, 0.75, 1, {}},
    KitRole{"closed_hat", "hat", 0.04, 0.25, 2, {}},
    KitRole{"open_hat", "hat", 0.3, 1, 2, "closed_hat"},
};

/// Semitones from a pitch to the nearest note of those, whatever its octave.
double semitones_off(double pitch_hz, const std::array<int, 3>& notes) {
    constexpr double octave = 12;
    const double midi = midi_from_hz(pitch_hz);
    const double within = midi - octave * static_cast<double>(math::floor(midi / octave));
    double nearest = octave;
    for (const int note : notes) {
        const double off = within > note ? within - note : note - within;
        nearest = std::min({nearest, off, octave - off});
    }
    return nearest;
}

double tuning_of(std::span<const KitPart> parts, const MusicalKey& key) {
    constexpr double untuned = 0.5;  // semitones
    double sum = 0;
    double count = 0;
    for (const KitPart& part : parts) {
        if (part.pitch_hz > 0) {
            sum += std::max(0.0, 1 - semitones_off(part.pitch_hz, triad_of(key)) / untuned);
            count += 1;
        }
    }
    return count > 0 ? sum / count : 1;
}

double order_of(std::span<const KitPart> parts) {
    constexpr double brighter_octaves = 1.0 / 3;
    double sum = 0;
    double count = 0;
    for (const KitPart& low : parts) {
        for (const KitPart& high : parts) {
            if (low.role.brightness < 0 || high.role.brightness != low.role.brightness + 1) {
                continue;
            }
            const double ratio = high.centroid_hz / std::max(low.centroid_hz, 1.0);
            sum +=
                ratio > 0 ? std::clamp(octaves_from_ratio(ratio) / brighter_octaves, 0.0, 1.0) : 0;
            count += 1;
        }
    }
    return count > 0 ? sum / count : 1;
}

double gaps_of(std::span<const KitPart> parts) {
    double sum = 0;
    double count = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (parts[i].role.like != parts[j].role.slot &&
                parts[j].role.like != parts[i].role.slot) {
                sum += overlap(parts[i], parts[j]);
                count += 1;
            }
        }
    }
    return count > 0 ? 1 - sum / count : 1;
}

double lengths_of(std::span<const KitPart> parts, double tempo_bpm) {
    double sum = 0;
    for (const KitPart& part : parts) {
        const double beats = std::max(part.length_s, 1e-3) * tempo_bpm / 60;
        const double least = part.role.shortest_beats;
        const double most = part.role.longest_beats;
        sum += beats < least ? beats / least : beats > most ? most / beats : 1;
    }
    return parts.empty() ? 1 : sum / static_cast<double>(parts.size());
}

}  // namespace

std::vector<KitRole> kit_roles() {
    std::vector<KitRole> all;
    for (const Instrument* instrument : instruments()) {
        bool has_role = false;
        for (const KitRole& role : roles) {
            if (role.instrument == instrument->name) {
                all.push_back(role);
                has_role = true;
            }
        }
        if (!has_role) {
            all.push_back({instrument->name, instrument->name});
        }
    }
    return all;
}

KitPart measure_part(const KitRole& role, const Patch& patch) {
    const Resolved resolved = resolve(patch);
    const Features features = measure_features(mid_of(render(resolved)));
    KitPart part;
    part.role = role;
    part.patch = patch;
    part.centroid_hz = features.spectral_centroid_hz;
    part.length_s = features.t40_s;
    part.pitch_hz = pitch_of(resolved).value_or(0);
    double all = 0;
    for (std::size_t band = 0; band < part.octaves.size(); ++band) {
        const double gain = gain_from_db(features.octave_db[band]);
        part.octaves[band] = gain * gain;
        all += gain * gain;
    }
    for (double& share : part.octaves) {
        share = all > 0 ? share / all : 0;
    }
    return part;
}

double overlap(const KitPart& one, const KitPart& other) {
    double sum = 0;
    for (std::size_t band = 0; band < one.octaves.size(); ++band) {
        sum += std::min(one.octaves[band], other.octaves[band]);
    }
    return sum;
}

double KitFit::all() const {
    return math::sqrt(math::sqrt(std::max(tuning * order * gaps * lengths, 0.0)));
}

KitFit fit_of(std::span<const KitPart> parts, const KitWish& wish) {
    return {tuning_of(parts, wish.key), order_of(parts), gaps_of(parts),
            lengths_of(parts, wish.tempo_bpm)};
}

}  // namespace drumgen

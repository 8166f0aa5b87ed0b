#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "drumgen/patch.h"
#include "kit/musical_key.h"
#include "measure/features.h"

namespace drumgen {

/// What a kit's sound is for, and what that asks of it.
struct KitRole {
    std::string_view slot;         ///< its name, which tells its key
    std::string_view instrument;   ///< that plays it
    double shortest_beats = 0.05;  ///< until it has fallen 40 dB
    double longest_beats = 1;
    int brightness = -1;         ///< sounds of a higher rank are brighter; -1: none
    std::string_view like = {};  ///< the slot that it is another hit of; empty: none
};

/// The roles of a proposed kit: those whose instruments there are, and one for each instrument that
/// no role has.
[[nodiscard]] std::vector<KitRole> kit_roles();

/// What is measured of a sound to tell how it fits the others.
struct KitPart {
    KitRole role;
    Patch patch;
    double pitch_hz = 0;  ///< that it settles to; 0: none
    double centroid_hz = 0;
    double length_s = 0;                             ///< until it has fallen 40 dB
    std::array<double, octave_hz.size()> octaves{};  ///< share of the energy in each octave
};

/// Renders and measures a sound.
[[nodiscard]] KitPart measure_part(const KitRole& role, const Patch& patch);

/// Share of two sounds' energies that lies in the same octaves, 0..1.
[[nodiscard]] double overlap(const KitPart& one, const KitPart& other);

/// What a kit is proposed for.
struct KitWish {
    MusicalKey key;
    double tempo_bpm = 120;
};

/// How well sounds fit each other, each from 0 to 1.
struct KitFit {
    double tuning = 1;   ///< pitches are notes of the key's triad: 0 from 50 cents on
    double order = 1;    ///< sounds of a higher rank have a centroid a third of an octave higher
    double gaps = 1;     ///< no two sounds share their octaves, but for those alike
    double lengths = 1;  ///< each ends within the beats of its role

    /// The geometric mean of all.
    [[nodiscard]] double all() const;
};

[[nodiscard]] KitFit fit_of(std::span<const KitPart> parts, const KitWish& wish);

}  // namespace drumgen

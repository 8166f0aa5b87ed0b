#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "drumgen/render.h"
#include "match/hit_table.h"
#include "match/onsets.h"

namespace drumgen {

/// One hit of a recording.
struct Hit {
    double at_s = 0;      ///< its onset
    double length_s = 0;  ///< to the next hit, or the end
    double peak_db = 0;   ///< of full scale
    bool is_cut = false;  ///< the next hit comes before it has ended
};

/// A recording with its hits.
struct Recording {
    Sound sound;  ///< its middle
    Signal side;  ///< what is not in it; of one channel empty
    std::vector<Hit> hits;
};

/// Longest recording: 11 minutes at 48 kHz.
inline constexpr std::size_t max_recording_frames = std::size_t{1} << 25;

/// A recording of one or two channels, with its hits. Throws Error (invalid) when it is silent, or of
/// a rate that can't be measured.
///   place   names it in messages
///   notes   out: what was noticed, a line each
[[nodiscard]] Recording recording_of(const Sound& sound, double sensitivity,
                                     const std::string& place, std::vector<std::string>& notes);

/// Takes out a constant offset that is no part of a drum: one of a quarter of the recording's RMS
/// or more. A real drum's mean is far less, and stays.
///   returns   the offset, a factor of full scale; 0 when there was none
double take_out_offset(Sound& recording);

/// The hits of a recording, in order. None of a silent one.
///   sensitivity   0..1, as onsets_of takes it
[[nodiscard]] std::vector<Hit> find_hits(const Sound& recording,
                                         double sensitivity = standard_sensitivity);

/// A hit at stream_rate_hz, from shortly before its onset to its end, or as far as it is measured.
[[nodiscard]] Signal hit_samples(const Sound& recording, const Hit& hit);

/// How much of a hit is known, in windows of a HitTable.
[[nodiscard]] std::size_t known_windows(const Hit& hit) noexcept;

/// The table of a hit.
[[nodiscard]] HitTable table_of_hit(const Sound& recording, const Hit& hit);

/// The same without what still sounds from before, of which each band is taken to fall on as it did
/// in the 65 ms before; what is not known is silent.
///   table   of the hit
[[nodiscard]] HitTable table_in_loop(const Sound& recording, const Hit& hit, HitTable table);

/// A hit and the sound of a patch, one after the other and each at full level, so that a picture
/// shows both.
[[nodiscard]] Sound side_by_side(const Sound& recording, const Hit& hit, const Patch& patch);

}  // namespace drumgen

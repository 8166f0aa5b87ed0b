#pragma once

#include <array>
#include <span>
#include <string_view>

#include "drumgen/render.h"

namespace drumgen {

/// Middle frequencies of the octave bands, Hz. Source: IEC 61260-1, base 2.
inline constexpr std::array<double, 10> octave_hz{31.5, 63,   125,  250,  500,
                                                  1000, 2000, 4000, 8000, 16000};

/// Raised whenever a feature is measured in another way, so that stored ones are not taken for the
/// same. Since 2: the centroid is of the energy.
inline constexpr int features_version = 2;

/// What is measured of a sound. Levels are factors of full scale unless the name says dB.
struct Features {
    double duration_s = 0;
    double peak = 0;
    double true_peak = 0;
    double rms = 0;
    double crest_db = 0;       ///< peak over RMS
    double loudness_lufs = 0;  ///< of the loudest 400 ms, BS.1770; -200 when silent
    double dc = 0;             ///< mean
    double t20_s = 0;          ///< until the energy still to come is 20 dB below all of it
    double t40_s = 0;
    double t60_s = 0;
    double temporal_centroid_s = 0;   ///< of the energy
    double spectral_centroid_hz = 0;  ///< of the energy, on a scale of octaves, from 20 Hz on
    double flatness = 0;  ///< geometric over arithmetic mean of the power spectrum, 20 Hz..20 kHz
    double sub_100_share = 0;  ///< of the energy, 20..100 Hz
    double sub_3k_share = 0;   ///< of the energy, below 3 kHz
    double f0_hz = 0;  ///< pitch that the sound settles to, 25..500 Hz; 0 when none is clear
    std::array<double, octave_hz.size()> octave_db{};  ///< energy of each octave relative to all
};

/// One number of Features, named.
struct FeatureRow {
    std::string_view id;
    double Features::*field;
    bool is_spectral = false;  ///< takes a Fourier transform or a search, and so most of the time
};

/// All features that are one number, in the order of the struct.
[[nodiscard]] std::span<const FeatureRow> feature_rows();

/// Those features that are levels and times; the spectral ones stay 0. A tenth of the time.
[[nodiscard]] Features measure_levels_and_times(const Sound& sound);

/// Measures a sound. The same bits everywhere. A silent sound has zeros, and -200 dB. Of two channels
/// the peaks and the DC are those of the one that has more, RMS and loudness are of both, and times,
/// spectrum and pitch of their middle.
[[nodiscard]] Features measure_features(const Sound& sound);

/// What is measured of a channel by itself.
struct ChannelLevels {
    double peak = 0;
    double true_peak = 0;
    double rms = 0;
    double dc = 0;
};

[[nodiscard]] ChannelLevels measure_channel(const Signal& channel, double sample_rate_hz);

/// How two channels stand to each other.
struct StereoFeatures {
    double width = 0;        ///< RMS of the side over that of the middle
    double correlation = 1;  ///< of left and right, -1..1
    double balance_db = 0;   ///< left over right
};

/// Measures two channels; of one the middle is all.
[[nodiscard]] StereoFeatures measure_stereo(const Sound& sound);

}  // namespace drumgen

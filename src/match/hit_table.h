#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "drumgen/signal.h"
#include "dsp/fourier.h"

namespace drumgen {

/// Edges of the windows of a hit, ms from its onset.
inline constexpr std::array<double, 8> hit_edges_ms{0, 5, 15, 35, 80, 170, 350, 700};

inline constexpr std::size_t hit_bands = 19;  ///< evenly spaced in pitch, 40 Hz..16 kHz
inline constexpr std::size_t hit_windows = hit_edges_ms.size() - 1;
inline constexpr std::size_t hit_cells = hit_bands * hit_windows;

/// Samples of a hit that are measured, at stream_rate_hz, and how many of them stand before the
/// onset that they are counted from.
inline constexpr std::size_t hit_frames = 33600;
inline constexpr std::size_t hit_lead_frames = 24;

/// What the ear tells of a hit: how loud each band is in each window, at which pitch, and whether
/// that is a tone or noise. A cell's place is band * hit_windows + window.
struct HitTable {
    std::array<float, hit_cells>
        level_db{};                        ///< of the energy of all, 60 dB below the loudest cell
                                           ///< at least
    std::array<float, hit_cells> pitch{};  ///< middle of the band's energy, octaves above 1 Hz
    std::array<float, hit_cells> coherence{};  ///< 1 for a steady tone, less for noise
    std::array<float, hit_cells> share{};      ///< of the energy of all
    double energy = 0;                         ///< of all, in a unit that all tables share
    double attack_ms = 0;               ///< until half of the energy of the first 15 ms is there
    std::size_t windows = hit_windows;  ///< the first ones, which are known; the others are not
};

/// Puts the levels, shares and energy of a table.
///   energies   of its cells, at least 0
void take_energies(const std::array<double, hit_cells>& energies, HitTable& table) noexcept;

/// First sample that is louder than a fiftieth of the loudest, and than what its first `left` samples
/// hold of a hit before it; 0 of a silent sound.
[[nodiscard]] std::size_t onset_of(const float* samples, std::size_t count,
                                   std::size_t left = 0) noexcept;

/// Makes tables of hits. One for each thread.
class HitMeter {
public:
    HitMeter();

    /// The table of a sound that begins before its onset.
    ///   samples   count of them at stream_rate_hz
    [[nodiscard]] HitTable operator()(const float* samples, std::size_t count,
                                      const Kernels& kernels);

private:
    /// A band of the spectrum: its bins, how much of each passes, and the transform that makes a
    /// signal of them again, at a rate that is enough for it.
    struct Band {
        std::size_t first_bin;
        std::size_t shift;  ///< bins that it is moved down by
        std::size_t transform;
        bool is_exact;  ///< its energy is that of the signal, not of its envelope
        Signal gains;
    };

    /// What all meters have alike.
    struct Plan {
        std::vector<Band> bands;
        Signal turn_cos;
        Signal turn_sin;

        Plan();
        static const Plan& shared();
    };

    /// Sums over points of a band.
    struct Sums {
        double real = 0;   ///< energy of the signal
        double whole = 0;  ///< and of its envelope
        double turn_re = 0;
        double turn_im = 0;  ///< each point by the one before, turned back

        void add(const Sums& other, double weight) noexcept {
            real += weight * other.real;
            whole += weight * other.whole;
            turn_re += weight * other.turn_re;
            turn_im += weight * other.turn_im;
        }
    };

    /// Over the points first..last - 1 of the band that was measured last, and the one behind.
    [[nodiscard]] Sums sums_of(std::size_t first, std::size_t last) const noexcept;

    void spectrum_of(const float* samples, std::size_t count, const Kernels& kernels);
    void measure_band(std::size_t index, HitTable& table, const Kernels& kernels);

    const Plan& plan_;
    Fourier whole_;
    std::vector<Fourier> parts_;
    Signal re_;
    Signal im_;
    Signal spectrum_re_;
    Signal spectrum_im_;
    Signal part_re_;
    Signal part_im_;
    std::array<double, hit_cells> energy_{};
};

}  // namespace drumgen

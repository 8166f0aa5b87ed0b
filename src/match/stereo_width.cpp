#include "match/stereo_width.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "base/math.h"
#include "dsp/context.h"
#include "dsp/fft.h"

namespace drumgen {
namespace {

constexpr std::size_t window_frames = 1024;
constexpr std::size_t hop_frames = window_frames / 2;

/// Energies of a band at a moment.
struct Cell {
    double mid;
    double side;
};

/// Octaves from 375 Hz on, below which nothing is spread, every 11 ms.
std::vector<Cell> cells_of(const Signal& mid, const Signal& side) {
    constexpr std::size_t first_bin = 8;
    PowerSpectrum spectrum(static_cast<int>(window_frames));
    std::vector<double> window;
    for (std::size_t k = 0; k < window_frames; ++k) {
        window.push_back(0.5 - 0.5 * math::cos_cycles((static_cast<double>(k) + 0.5) /
                                                      static_cast<double>(window_frames)));
    }
    std::vector<double> block(window_frames);
    const auto power_at = [&](const Signal& signal, std::size_t at, std::vector<double>& power) {
        for (std::size_t k = 0; k < window_frames; ++k) {
            // The first window is half before the sound.
            const std::size_t place = at + k;
            const bool is_inside = place >= hop_frames && place - hop_frames < signal.size();
            block[k] = is_inside ? window[k] * static_cast<double>(signal[place - hop_frames]) : 0;
        }
        spectrum(block, power);
    };
    std::vector<Cell> cells;
    std::vector<double> of_mid;
    std::vector<double> of_side;
    for (std::size_t at = 0; at < mid.size(); at += hop_frames) {
        power_at(mid, at, of_mid);
        power_at(side, at, of_side);
        for (std::size_t bin = first_bin; bin < of_mid.size() - 1; bin *= 2) {
            Cell& cell = cells.emplace_back();
            for (std::size_t k = bin; k < std::min(2 * bin, of_mid.size()); ++k) {
                cell.mid += of_mid[k];
                cell.side += of_side[k];
            }
        }
    }
    return cells;
}

/// The mean part of the energy that the side has where it is, were it taken by a width.
double side_share(const std::vector<Cell>& cells, double width) noexcept {
    double parts = 0;
    double weights = 0;
    for (const Cell& cell : cells) {
        const double side = width * width * cell.side;
        if (side > 0) {
            parts += cell.side * side / (cell.mid + side);
            weights += cell.side;
        }
    }
    return weights > 0 ? parts / weights : 0;
}

}  // namespace

double width_like(const Sound& mid, const Signal& side, const Hit& hit, const Patch& patch) {
    const double wanted = side_share(
        cells_of(hit_samples(mid, hit), hit_samples({side, mid.sample_rate_hz}, hit)), 1);
    Resolved resolved = resolve(patch);
    resolved.render.rate_hz = stream_rate_hz;
    resolved.render.width = 1;
    const Sound sound = render(resolved);
    const std::vector<Cell> cells = cells_of(mid_of(sound).samples, side_of(sound));
    if (wanted <= 0 || side_share(cells, 1) <= 0) {
        return 0;
    }
    double low = 0;
    double high = 1;
    constexpr int halvings = 12;
    for (int k = 0; k < halvings; ++k) {
        const double middle = (low + high) / 2;
        (side_share(cells, middle) < wanted ? low : high) = middle;
    }
    return high;
}

}  // namespace drumgen

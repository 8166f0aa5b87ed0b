#include "measure/spectrogram.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "base/math.h"
#include "base/units.h"
#include "dsp/fft.h"

namespace drumgen {

namespace {

constexpr int lengths = 4;  // of windows, each twice as long as the one before
constexpr double shortest_window_s = 0.0107;
constexpr double periods_in_window = 16;

/// Power of a tone of amplitude 1 is 1, whatever the length of the window.
class WindowedSpectrum {
public:
    explicit WindowedSpectrum(int size) : spectrum_(size) {
        double sum = 0;
        for (int k = 0; k < size; ++k) {
            window_.push_back(0.5 - 0.5 * math::cos_cycles((k + 0.5) / size));
            sum += window_.back();
        }
        scale_ = 4 / (sum * sum);
    }

    /// Looks at the samples around a frame.
    void look(const Sound& sound, std::int64_t centre) {
        const auto frames = static_cast<std::int64_t>(sound.samples.size());
        block_.assign(window_.size(), 0.0);
        const std::int64_t start = centre - spectrum_.size() / 2;
        const std::int64_t first = std::max<std::int64_t>(0, -start);
        const std::int64_t last = std::min<std::int64_t>(spectrum_.size(), frames - start);
        for (std::int64_t k = first; k < last; ++k) {
            const auto at = static_cast<std::size_t>(k);
            block_[at] = window_[at] *
                         static_cast<double>(sound.samples[static_cast<std::size_t>(start + k)]);
        }
        spectrum_(block_, power_);
    }

    /// Largest power between two frequencies; between two bins it is read off the line from one to
    /// the other.
    [[nodiscard]] double between(double low_cycles, double high_cycles) const {
        const double low = low_cycles * spectrum_.size();
        const double high = high_cycles * spectrum_.size();
        const auto top = static_cast<double>(power_.size() - 1);
        if (low >= top) {
            return 0;
        }
        double most = at((low + std::min(high, top)) / 2);
        for (std::int64_t bin = math::ceil(low); static_cast<double>(bin) <= std::min(high, top);
             ++bin) {
            most = std::max(most, power_[static_cast<std::size_t>(bin)]);
        }
        return most * scale_;
    }

private:
    [[nodiscard]] double at(double bin) const {
        const auto below = static_cast<std::size_t>(math::floor(bin));
        const std::size_t above = std::min(below + 1, power_.size() - 1);
        const double part = bin - static_cast<double>(below);
        return power_[below] + part * (power_[above] - power_[below]);
    }

    PowerSpectrum spectrum_;
    std::vector<double> window_;
    std::vector<double> block_;
    std::vector<double> power_;
    double scale_ = 1;
};

/// What a row shows: its frequencies, and between which windows it stands.
struct Row {
    double low_cycles;
    double high_cycles;
    std::size_t window;  ///< the shorter one
    double longer;       ///< share of the next longer one
};

}  // namespace

Spectrogram spectrogram(const Sound& sound, int columns, int rows, double low_hz, double high_hz) {
    const double rate_hz = sound.sample_rate_hz;
    const auto shortest = static_cast<int>(
        std::bit_floor(static_cast<unsigned>(std::max(16.0, shortest_window_s * rate_hz * 1.01))));
    std::array<WindowedSpectrum, lengths> windows{
        WindowedSpectrum(shortest), WindowedSpectrum(2 * shortest), WindowedSpectrum(4 * shortest),
        WindowedSpectrum(8 * shortest)};

    std::vector<Row> shown;
    const double octaves = math::log(high_hz / low_hz);
    const auto frequency = [&](double row) {
        return high_hz * math::exp(-octaves * row / (rows - 1));
    };
    for (int row = 0; row < rows; ++row) {
        const double wanted = periods_in_window * rate_hz / frequency(row);
        const double length = std::clamp(octaves_from_ratio(wanted / shortest), 0.0,
                                         static_cast<double>(lengths - 1));
        const auto window = std::min<std::size_t>(static_cast<std::size_t>(length), lengths - 2);
        shown.push_back({frequency(row + 0.5) / rate_hz, frequency(row - 0.5) / rate_hz, window,
                         length - static_cast<double>(window)});
    }

    Spectrogram picture{columns, rows, low_hz, high_hz, {}};
    picture.level_db.resize(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
    const auto frames = static_cast<double>(sound.samples.size());
    double loudest_db = silence_db;
    for (int column = 0; column < columns; ++column) {
        const std::int64_t centre = math::floor(frames * (column + 0.5) / columns);
        for (WindowedSpectrum& window : windows) {
            window.look(sound, centre);
        }
        for (std::size_t row = 0; row < shown.size(); ++row) {
            const Row& r = shown[row];
            const double brief = level_db(windows[r.window].between(r.low_cycles, r.high_cycles));
            const double wide =
                level_db(windows[r.window + 1].between(r.low_cycles, r.high_cycles));
            const double level = brief + r.longer * (wide - brief);
            loudest_db = std::max(loudest_db, level);
            picture.level_db[row * static_cast<std::size_t>(columns) +
                             static_cast<std::size_t>(column)] = static_cast<float>(level);
        }
    }
    for (float& level : picture.level_db) {
        level = std::max(level - static_cast<float>(loudest_db), static_cast<float>(silence_db));
    }
    return picture;
}

}  // namespace drumgen

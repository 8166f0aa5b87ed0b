#include "match/hit_table.h"

#include <algorithm>

#include "base/math.h"
#include "dsp/context.h"

namespace drumgen {
namespace {

constexpr double low_hz = 40;
constexpr double high_hz = 16000;

/// Points of the transform of a whole hit; half as many complex ones hold it. More than the hit has,
/// so that a low band's ringing does not come round to its beginning.
constexpr std::size_t size = 1 << 16;
constexpr double bin_hz = stream_rate_hz / static_cast<double>(size);

/// Sizes of the transforms that bands are turned back with.
constexpr std::array<std::size_t, 3> part_sizes{2048, 4096, 8192};

/// How much of a frequency's energy passes into a band: edges are a quarter of a band wide.
double mask(double octave, double low, double high) {
    const double slope = 0.25 * (high - low);
    const double rise = std::clamp((octave - low) / slope + 0.5, 0.0, 1.0);
    const double fall = std::clamp((high - octave) / slope + 0.5, 0.0, 1.0);
    return rise * fall;
}

double octaves(double hz) {
    return math::log(hz) / math::ln_2;
}

/// A frequency, as a part of the cycle by which it goes on between two samples: the angle of a complex
/// number in cycles, 0..1.
double angle_cycles(double re, double im) {
    // atan by its series on 0..1/8 of a cycle after halving the angle twice.
    const double x = re < 0 ? -re : re;
    const double y = im < 0 ? -im : im;
    const bool is_steep = y > x;
    const double low = is_steep ? x : y;
    const double high = is_steep ? y : x;
    double t = high > 0 ? low / high : 0;
    t = t / (1 + math::sqrt(1 + t * t));
    t = t / (1 + math::sqrt(1 + t * t));
    const double z = t * t;
    double sum = 0;
    for (int k = 13; k >= 1; k -= 2) {
        sum = 1.0 / k - z * sum;
    }
    double cycles = 4 * t * sum / (2 * math::pi);
    cycles = is_steep ? 0.25 - cycles : cycles;
    cycles = re < 0 ? 0.5 - cycles : cycles;
    return im < 0 ? 1 - cycles : cycles;
}

}  // namespace

std::size_t onset_of(const float* samples, std::size_t count) noexcept {
    float peak = 0;
    for (std::size_t k = 0; k < count; ++k) {
        peak = std::max(peak, samples[k] < 0 ? -samples[k] : samples[k]);
    }
    const float least = peak * 0.02F;
    for (std::size_t k = 0; k < count; ++k) {
        if (samples[k] > least || samples[k] < -least) {
            return k;
        }
    }
    return 0;
}

HitMeter::HitMeter() : whole_(size / 2), re_(size / 2), im_(size / 2) {
    for (const std::size_t part : part_sizes) {
        parts_.emplace_back(static_cast<int>(part));
    }
    const double lowest = octaves(low_hz);
    const double step = (octaves(high_hz) - lowest) / static_cast<double>(hit_bands);
    for (std::size_t b = 0; b < hit_bands; ++b) {
        const double low = lowest + step * static_cast<double>(b);
        const double high = low + step;
        Band band{};
        std::size_t last = 0;
        for (std::size_t bin = 1; bin < size / 2; ++bin) {
            const double passes = mask(octaves(static_cast<double>(bin) * bin_hz), low, high);
            if (passes > 0) {
                if (band.gains.empty()) {
                    band.first_bin = bin;
                }
                last = bin;
                band.gains.push_back(static_cast<float>(math::sqrt(passes)));
            } else if (!band.gains.empty()) {
                break;
            }
        }
        // A low band's energy wavers with its cycles, which the windows see.
        band.is_exact = last < part_sizes[0] / 2;
        band.shift = band.is_exact ? 0 : band.first_bin;
        const std::size_t needed = band.is_exact ? 2 * last : band.gains.size();
        while (part_sizes[band.transform] < needed) {
            ++band.transform;
        }
        bands_.push_back(std::move(band));
    }
}

/// Even samples as real parts and odd ones as imaginary parts of half as many points.
/// Source: Sorensen et al., "Real-valued fast Fourier transform algorithms", 1987.
void HitMeter::spectrum_of(const float* samples, std::size_t count, const Kernels& kernels) {
    const std::size_t half = size / 2;
    count = std::min(count, hit_frames);
    std::fill(re_.begin(), re_.end(), 0.0F);
    std::fill(im_.begin(), im_.end(), 0.0F);
    for (std::size_t k = 0; 2 * k + 1 < count; ++k) {
        re_[k] = samples[2 * k];
        im_[k] = samples[2 * k + 1];
    }
    if (count % 2 != 0) {
        re_[count / 2] = samples[count - 1];
    }
    whole_.forward(re_, im_, kernels);
    // Of k / size cycles: between those of the transform of half the size.
    const float* const cos = whole_.cos();
    const float* const sin = whole_.sin();
    const auto step_cos = static_cast<float>(math::cos_cycles(1.0 / static_cast<double>(size)));
    const auto step_sin = static_cast<float>(math::sin_cycles(1.0 / static_cast<double>(size)));
    for (std::size_t k = 1; k <= half / 2; ++k) {
        const std::size_t mirror = half - k;
        const float even_re = 0.5F * (re_[k] + re_[mirror]);
        const float even_im = 0.5F * (im_[k] - im_[mirror]);
        const float odd_re = 0.5F * (im_[k] + im_[mirror]);
        const float odd_im = -0.5F * (re_[k] - re_[mirror]);
        const std::size_t near = k / 2;
        const bool is_between = k % 2 != 0;
        const float c = is_between ? cos[near] * step_cos - sin[near] * step_sin : cos[near];
        const float s = is_between ? sin[near] * step_cos + cos[near] * step_sin : sin[near];
        const float turned_re = odd_re * c + odd_im * s;
        const float turned_im = odd_im * c - odd_re * s;
        re_[k] = even_re + turned_re;
        im_[k] = even_im + turned_im;
        re_[mirror] = even_re - turned_re;
        im_[mirror] = turned_im - even_im;
    }
}

void HitMeter::measure_band(std::size_t index, HitTable& table, const Kernels& kernels) {
    const Band& band = bands_[index];
    Fourier& part = parts_[band.transform];
    const auto points = static_cast<std::size_t>(part.size());
    part_re_.assign(points, 0.0F);
    part_im_.assign(points, 0.0F);
    const std::size_t to = band.first_bin - band.shift;
    for (std::size_t k = 0; k < band.gains.size(); ++k) {
        part_re_[to + k] = re_[band.first_bin + k] * band.gains[k];
        part_im_[to + k] = im_[band.first_bin + k] * band.gains[k];
    }
    part.backward(part_re_, part_im_, kernels);
    const double points_per_ms =
        static_cast<double>(points) / static_cast<double>(size) * stream_rate_hz / 1000;
    // Sums from one sample of a window to the next; a window's edge may fall between two.
    double energy = 0;
    double turn_re = 0;
    double turn_im = 0;
    const auto take = [&](std::size_t n, double weight) {
        const std::size_t after = n + 1 < points ? n + 1 : 0;
        const auto a_re = static_cast<double>(part_re_[n]);
        const auto a_im = static_cast<double>(part_im_[n]);
        const auto b_re = static_cast<double>(part_re_[after]);
        const auto b_im = static_cast<double>(part_im_[after]);
        energy += weight * (band.is_exact ? a_re * a_re : 0.5 * (a_re * a_re + a_im * a_im));
        turn_re += weight * (b_re * a_re + b_im * a_im);
        turn_im += weight * (b_im * a_re - b_re * a_im);
    };
    for (std::size_t w = 0; w < hit_windows; ++w) {
        energy = 0;
        turn_re = 0;
        turn_im = 0;
        const double from = hit_edges_ms[w] * points_per_ms;
        const double until = hit_edges_ms[w + 1] * points_per_ms;
        const auto first = static_cast<std::size_t>(from);
        const auto last = static_cast<std::size_t>(until);
        take(first, static_cast<double>(first + 1) - from);
        double loud = 0;  // whole samples, whose envelope's energy the turns are measured by
        for (std::size_t n = first + 1; n < last; ++n) {
            take(n, 1);
        }
        take(last, until - static_cast<double>(last));
        for (std::size_t n = first; n <= last; ++n) {
            loud += static_cast<double>(part_re_[n] * part_re_[n] + part_im_[n] * part_im_[n]) *
                    (n == first  ? static_cast<double>(first + 1) - from
                     : n == last ? until - static_cast<double>(last)
                                 : 1.0);
        }
        const std::size_t cell = index * hit_windows + w;
        energy_[cell] = energy / static_cast<double>(points);
        const double turn = math::sqrt(turn_re * turn_re + turn_im * turn_im);
        const double cycles = angle_cycles(turn_re, turn_im);
        const double hz =
            (static_cast<double>(band.shift) + cycles * static_cast<double>(points)) * bin_hz;
        table.pitch[cell] = static_cast<float>(octaves(std::max(hz, 1.0)));
        table.coherence[cell] = loud > 0 ? static_cast<float>(std::min(turn / loud, 1.0)) : 0.0F;
    }
}

HitTable HitMeter::operator()(const float* samples, std::size_t count, const Kernels& kernels) {
    HitTable table;
    const std::size_t onset = onset_of(samples, count);
    const std::size_t start = onset < hit_lead_frames ? 0 : onset - hit_lead_frames;
    samples += start;
    count = std::min(count - start, hit_frames);
    spectrum_of(samples, count, kernels);
    for (std::size_t band = 0; band < hit_bands; ++band) {
        measure_band(band, table, kernels);
    }
    double all = 0;
    for (const double energy : energy_) {
        all += energy;
    }
    constexpr double floor_db = 60;
    constexpr double least = 1e-12;
    const double ten_over_ln_10 = 10 / math::log(10);
    double loudest_db = -200;
    for (std::size_t cell = 0; cell < hit_cells; ++cell) {
        const double share = all > 0 ? energy_[cell] / all : 0;
        table.share[cell] = static_cast<float>(share);
        const double db = ten_over_ln_10 * math::log(share + least);
        table.level_db[cell] = static_cast<float>(db);
        loudest_db = std::max(loudest_db, db);
    }
    for (float& db : table.level_db) {
        db = std::max(db, static_cast<float>(loudest_db - floor_db));
    }
    // Until half of the energy of the beginning is there.
    const std::size_t beginning = std::min<std::size_t>(count, 720);
    double sum = 0;
    for (std::size_t k = 0; k < beginning; ++k) {
        sum += static_cast<double>(samples[k]) * static_cast<double>(samples[k]);
    }
    double so_far = 0;
    std::size_t k = 0;
    while (k < beginning && so_far < 0.5 * sum) {
        so_far += static_cast<double>(samples[k]) * static_cast<double>(samples[k]);
        ++k;
    }
    table.attack_ms = static_cast<double>(k) * 1000 / stream_rate_hz;
    return table;
}

}  // namespace drumgen

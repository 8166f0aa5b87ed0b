#include "match/hit_table.h"

#include <algorithm>
#include <utility>

#include "base/math.h"
#include "base/units.h"
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

/// The spectrum of a real block of that of half as many points, which hold its even and odd samples.
///   cos, sin   of k / size cycles, k <= size / 4
void part_halves(const float* __restrict re, const float* __restrict im,
                 const float* __restrict cos, const float* __restrict sin, float* __restrict out_re,
                 float* __restrict out_im) noexcept {
    constexpr std::size_t half = size / 2;
    const auto even = [&](std::size_t k) {
        return std::pair(0.5F * (re[k] + re[half - k]), 0.5F * (im[k] - im[half - k]));
    };
    const auto turned_odd = [&](std::size_t k) {
        const float odd_re = 0.5F * (im[k] + im[half - k]);
        const float odd_im = -0.5F * (re[k] - re[half - k]);
        return std::pair(odd_re * cos[k] + odd_im * sin[k], odd_im * cos[k] - odd_re * sin[k]);
    };
    for (std::size_t k = 1; k <= half / 2; ++k) {
        const auto [even_re, even_im] = even(k);
        const auto [odd_re, odd_im] = turned_odd(k);
        out_re[k] = even_re + odd_re;
        out_im[k] = even_im + odd_im;
    }
    for (std::size_t k = half / 2; k > 0; --k) {
        const auto [even_re, even_im] = even(k);
        const auto [odd_re, odd_im] = turned_odd(k);
        out_re[half - k] = even_re - odd_re;
        out_im[half - k] = odd_im - even_im;
    }
}

}  // namespace

std::size_t onset_of(const float* samples, std::size_t count, std::size_t left) noexcept {
    const auto extent = [samples](std::size_t k) {
        return samples[k] < 0 ? -samples[k] : samples[k];
    };
    float before = 0;
    float peak = 0;
    for (std::size_t k = 0; k < count; ++k) {
        peak = std::max(peak, extent(k));
        before = k < left ? peak : before;
    }
    constexpr float above = 1.2F;
    const float least = std::max(peak * 0.02F, before * above);
    for (std::size_t k = 0; k < count; ++k) {
        if (extent(k) > least) {
            return k;
        }
    }
    return 0;
}

void take_energies(const std::array<double, hit_cells>& energies, HitTable& table) noexcept {
    double all = 0;
    for (const double energy : energies) {
        all += energy;
    }
    table.energy = all;
    constexpr double floor_db = 60;
    constexpr double least = 1e-12;
    const double ten_over_ln_10 = 10 / math::log(10);
    double loudest_db = -200;
    for (std::size_t cell = 0; cell < hit_cells; ++cell) {
        const double share = all > 0 ? energies[cell] / all : 0;
        table.share[cell] = static_cast<float>(share);
        const double db = ten_over_ln_10 * math::log(share + least);
        table.level_db[cell] = static_cast<float>(db);
        loudest_db = std::max(loudest_db, db);
    }
    for (float& db : table.level_db) {
        db = std::max(db, static_cast<float>(loudest_db - floor_db));
    }
}

HitMeter::Plan::Plan() {
    for (std::size_t k = 0; k <= size / 4; ++k) {
        const double cycles = static_cast<double>(k) / static_cast<double>(size);
        turn_cos.push_back(static_cast<float>(math::cos_cycles(cycles)));
        turn_sin.push_back(static_cast<float>(math::sin_cycles(cycles)));
    }
    const double lowest = octaves_from_ratio(low_hz);
    const double step = (octaves_from_ratio(high_hz) - lowest) / static_cast<double>(hit_bands);
    for (std::size_t b = 0; b < hit_bands; ++b) {
        const double low = lowest + step * static_cast<double>(b);
        const double high = low + step;
        Band band{};
        std::size_t last = 0;
        for (std::size_t bin = 1; bin < size / 2; ++bin) {
            const double passes =
                mask(octaves_from_ratio(static_cast<double>(bin) * bin_hz), low, high);
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
        bands.push_back(std::move(band));
    }
}

const HitMeter::Plan& HitMeter::Plan::shared() {
    static const Plan plan;
    return plan;
}

HitMeter::HitMeter()
    : plan_(Plan::shared()),
      whole_(size / 2),
      re_(size / 2),
      im_(size / 2),
      spectrum_re_(size / 2, 0.0F),
      spectrum_im_(size / 2, 0.0F) {
    for (const std::size_t part : part_sizes) {
        parts_.emplace_back(static_cast<int>(part));
    }
}

/// Even samples as real parts and odd ones as imaginary parts of half as many points.
/// Source: Sorensen et al., "Real-valued fast Fourier transform algorithms", 1987.
void HitMeter::spectrum_of(const float* samples, std::size_t count, const Kernels& kernels) {
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
    part_halves(re_.data(), im_.data(), plan_.turn_cos.data(), plan_.turn_sin.data(),
                spectrum_re_.data(), spectrum_im_.data());
}

void HitMeter::measure_band(std::size_t index, HitTable& table, const Kernels& kernels) {
    const Band& band = plan_.bands[index];
    Fourier& part = parts_[band.transform];
    const auto points = static_cast<std::size_t>(part.size());
    part_re_.assign(points, 0.0F);
    part_im_.assign(points, 0.0F);
    const std::size_t to = band.first_bin - band.shift;
    for (std::size_t k = 0; k < band.gains.size(); ++k) {
        part_re_[to + k] = spectrum_re_[band.first_bin + k] * band.gains[k];
        part_im_[to + k] = spectrum_im_[band.first_bin + k] * band.gains[k];
    }
    part.backward(part_re_, part_im_, kernels);
    const double points_per_ms =
        static_cast<double>(points) / static_cast<double>(size) * stream_rate_hz / 1000;
    for (std::size_t w = 0; w < hit_windows; ++w) {
        const double from = hit_edges_ms[w] * points_per_ms;
        const double until = hit_edges_ms[w + 1] * points_per_ms;
        const auto first = static_cast<std::size_t>(from);
        const auto last = static_cast<std::size_t>(until);
        // A window's edge may fall between two points.
        Sums sums = sums_of(first + 1, last);
        sums.add(sums_of(first, first + 1), static_cast<double>(first + 1) - from);
        sums.add(sums_of(last, last + 1), until - static_cast<double>(last));
        const std::size_t cell = index * hit_windows + w;
        energy_[cell] =
            (band.is_exact ? sums.real : 0.5 * sums.whole) / static_cast<double>(points);
        const double turn = math::sqrt(sums.turn_re * sums.turn_re + sums.turn_im * sums.turn_im);
        const double cycles = angle_cycles(sums.turn_re, sums.turn_im);
        const double hz =
            (static_cast<double>(band.shift) + cycles * static_cast<double>(points)) * bin_hz;
        table.pitch[cell] = static_cast<float>(octaves_from_ratio(std::max(hz, 1.0)));
        table.coherence[cell] =
            sums.whole > 0 ? static_cast<float>(std::min(turn / sums.whole, 1.0)) : 0.0F;
    }
}

HitMeter::Sums HitMeter::sums_of(std::size_t first, std::size_t last) const noexcept {
    // Several sums of each, so that the CPU need not wait for one.
    constexpr std::size_t lanes = 8;
    float real[lanes]{};
    float whole[lanes]{};
    float turn_re[lanes]{};
    float turn_im[lanes]{};
    const auto add = [&](std::size_t n, std::size_t lane) {
        const float a_re = part_re_[n];
        const float a_im = part_im_[n];
        const float b_re = part_re_[n + 1];
        const float b_im = part_im_[n + 1];
        real[lane] += a_re * a_re;
        whole[lane] += a_re * a_re + a_im * a_im;
        turn_re[lane] += b_re * a_re + b_im * a_im;
        turn_im[lane] += b_im * a_re - b_re * a_im;
    };
    std::size_t n = first;
    for (; n + lanes <= last; n += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            add(n + lane, lane);
        }
    }
    for (std::size_t lane = 0; n < last; ++n, ++lane) {
        add(n, lane);
    }
    const auto all = [](const float* of) {
        return static_cast<double>(((of[0] + of[1]) + (of[2] + of[3])) +
                                   ((of[4] + of[5]) + (of[6] + of[7])));
    };
    return {all(real), all(whole), all(turn_re), all(turn_im)};
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
    take_energies(energy_, table);
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

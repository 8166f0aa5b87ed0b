#include "dsp/filtered_square.h"

#include <algorithm>
#include <array>
#include <complex>
#include <cstddef>

#include "base/math.h"

namespace drumgen {

namespace {

using Complex = std::complex<double>;

/// The responses are worked out as a Fourier series over this many frames, a power of two.
constexpr int period = 128;
constexpr int period_bits = 7;
constexpr int phase_bits = 6;
static_assert(1 << phase_bits == StepResponses::phases);
constexpr int table_size = StepResponses::rows * StepResponses::stride;

constexpr std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

/// Product without the tests for infinities that std::complex makes.
Complex times(const Complex& a, const Complex& b) {
    return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

Complex unit(double cycles) {
    return {math::cos_cycles(cycles), math::sin_cycles(cycles)};
}

/// 1 to 20 kHz, 0 from 24 kHz on, between them the integral of a Blackman window: its ringing is
/// 90 dB down after 30 frames.
double band_limit(double hz) {
    const double x = (hz - 20000) / 4000;
    if (x <= 0) {
        return 1;
    }
    if (x >= 1) {
        return 0;
    }
    const double first = 0.5 / (2 * math::pi) * math::sin_cycles(x);
    const double second = 0.08 / (4 * math::pi) * math::sin_cycles(2 * x);
    return 1 - (0.42 * x - first + second) / 0.42;
}

/// Spectrum of the response to a unit step: (s / q) / (s^2 + s / q + 1) over j w, s = j w / w0.
Complex step_spectrum(const Resonance& resonance, double hz) {
    const double s = hz / resonance.hz;
    const Complex bottom{1 - s * s, s / resonance.q};
    const double frames = stream_rate_hz / (2 * math::pi * resonance.hz * resonance.q);
    const double scale = frames * band_limit(hz) / std::norm(bottom);
    return {bottom.real() * scale, -bottom.imag() * scale};
}

/// Sums a Fourier series of `period` terms at every frame. Source: Cooley and Tukey, 1965.
void sum_series(std::array<Complex, period>& x, const std::array<Complex, period / 2>& turn) {
    for (int i = 0; i < period; ++i) {
        int mirrored = 0;
        for (int bit = 0; bit < period_bits; ++bit) {
            mirrored |= ((i >> bit) & 1) << (period_bits - 1 - bit);
        }
        if (i < mirrored) {
            std::swap(x[at(i)], x[at(mirrored)]);
        }
    }
    for (int half = 1; half < period; half *= 2) {
        for (int base = 0; base < period; base += 2 * half) {
            for (int k = 0; k < half; ++k) {
                const Complex b = times(x[at(base + k + half)], turn[at(k * (period / 2 / half))]);
                x[at(base + k + half)] = x[at(base + k)] - b;
                x[at(base + k)] += b;
            }
        }
    }
}

}  // namespace

StepResponses::StepResponses(std::span<const Resonance> resonances) {
    std::array<Complex, period / 2> turn;
    for (int k = 0; k < period / 2; ++k) {
        turn[at(k)] = unit(static_cast<double>(k) / period);
    }
    // Two resonances at a time, as the real and the imaginary part of one series.
    for (std::size_t first = 0; first < resonances.size(); first += 2) {
        const bool both = first + 1 < resonances.size();
        std::array<std::array<Complex, period / 2>, 2> spectrum;
        std::array<Complex, period / 2> step;  // by which an edge comes later from row to row
        for (int k = 0; k < period / 2; ++k) {
            const double hz = k * stream_rate_hz / period;
            const Complex delay = unit(-static_cast<double>(lead) * k / period);
            for (std::size_t part = 0; part < 2; ++part) {
                const Resonance& resonance = resonances[both ? first + part : first];
                spectrum[part][at(k)] = times(step_spectrum(resonance, hz), delay) / double{period};
            }
            step[at(k)] = unit(-static_cast<double>(k) / (period * phases));
        }
        const std::size_t table = tables_.size();
        tables_.resize(table + (both ? 2 : 1), Signal(table_size, 0.0F));
        for (int row = 0; row < rows; ++row) {
            std::array<Complex, period> series;
            series[0] = {spectrum[0][0].real(), spectrum[1][0].real()};
            series[period / 2] = 0;
            for (int k = 1; k < period / 2; ++k) {
                Complex& a = spectrum[0][at(k)];
                Complex& b = spectrum[1][at(k)];
                series[at(k)] = {a.real() - b.imag(), a.imag() + b.real()};
                series[at(period - k)] = {a.real() + b.imag(), b.real() - a.imag()};
                a = times(a, step[at(k)]);
                b = times(b, step[at(k)]);
            }
            sum_series(series, turn);
            const int place = row * stride + lane_count;
            for (int j = 0; j < taps; ++j) {
                tables_[table][at(place + j)] = static_cast<float>(series[at(j)].real());
                if (both) {
                    tables_[table + 1][at(place + j)] = static_cast<float>(series[at(j)].imag());
                }
            }
        }
    }
}

Signal StepResponses::mixed(std::span<const double> gains, const Kernels& kernels) const {
    Signal mix(table_size);
    kernels.scale(mix.data(), tables_[0].data(), static_cast<float>(gains[0]), table_size);
    for (std::size_t k = 1; k < tables_.size(); ++k) {
        kernels.add_scaled(mix.data(), tables_[k].data(), static_cast<float>(gains[k]), table_size);
    }
    return mix;
}

void add_filtered_square(const SquareWave& wave, double start_s, std::int64_t first,
                         const float* envelope, int frames, const Signal& rows, float* out,
                         const Kernels& kernels) noexcept {
    constexpr int batch = 64;
    constexpr int before = filtered_square_lead;
    static_assert(before % lane_count == 0 && before > StepResponses::lead);
    float* const from = out - before;
    // Frames in fixed point, 32 bits behind the point: an edge is exact to 1e-6 of a frame after a
    // minute, whatever piece it stands in.
    constexpr double one = 4294967296.0;
    constexpr int part_bits = 32 - phase_bits;
    const double half = stream_rate_hz / (2 * wave.hz);
    const std::int64_t step = math::floor(half * one + 0.5);
    const std::int64_t zero =
        math::floor((start_s - wave.phase_cycles / wave.hz) * stream_rate_hz * one) -
        first * (std::int64_t{1} << 32);
    const std::int64_t reached = zero < 0 ? (-zero + step - 1) / step : 0;
    std::int64_t edge = std::max(math::ceil(2 * wave.phase_cycles), reached);
    const std::int64_t end = static_cast<std::int64_t>(frames) << 32;
    Pulse pulses[batch];
    int count = 0;
    const auto add = [&] {
        kernels.add_pulses(from, pulses, count, rows.data(), StepResponses::stride,
                           StepResponses::taps + lane_count);
        count = 0;
    };
    for (std::int64_t instant = zero + edge * step; instant < end; instant += step, ++edge) {
        const auto frame = static_cast<int>(instant >> 32);
        const auto past = static_cast<std::uint32_t>(instant);
        // The row before, and how far behind it the edge is in rows, 0..1.
        const std::uint32_t row = past >> part_bits;
        const auto off = static_cast<float>(past - (row << part_bits)) *
                         (1.0F / static_cast<float>(1 << part_bits));
        const float level = envelope[frame] + static_cast<float>(past >> 8) * 0x1p-24F *
                                                  (envelope[frame + 1] - envelope[frame]);
        // A rising edge is 2 high, a falling one -2.
        const float height = (edge & 1) == 0 ? 2 * level : -2 * level;
        const int place_in_out = frame + before - StepResponses::lead;
        const int shift = place_in_out % lane_count;
        const float next = off * height;
        pulses[count++] = {place_in_out - shift,
                           static_cast<int>(row) * StepResponses::stride + lane_count - shift,
                           {height - next, next}};
        if (count == batch) {
            add();
        }
    }
    add();
}

}  // namespace drumgen

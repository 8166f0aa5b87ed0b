#include "dsp/fft.h"

#include <algorithm>
#include <map>
#include <mutex>

#include "base/math.h"
#include "dsp/kernels/kernels.h"

namespace drumgen {

/// For each stage that joins halves of h points, cos and sin of k / 2h cycles, k < h, from place h
/// on: each stage reads its own from end to end.
struct PowerSpectrum::Turns {
    std::vector<double> cos;
    std::vector<double> sin;
};

namespace {

/// The turns of a transform of `size` complex points and of the stage above it, which parts the two
/// halves of a real one.
std::shared_ptr<const PowerSpectrum::Turns> turns_of(std::size_t size) {
    auto turns = std::make_shared<PowerSpectrum::Turns>();
    turns->cos.resize(2 * size);
    turns->sin.resize(2 * size);
    // The last stage is worked out, every other point of it is the stage before it.
    for (std::size_t k = 0; k < size; ++k) {
        // Only an eighth of the circle; the rest are its mirror images.
        const std::size_t quarter = size / 2;
        const std::size_t at = size + k;
        if (k <= quarter / 2 || quarter < 2) {
            const double cycles = 0.5 * static_cast<double>(k) / static_cast<double>(size);
            turns->cos[at] = math::cos_cycles(cycles);
            turns->sin[at] = math::sin_cycles(cycles);
        } else if (k <= quarter) {
            turns->cos[at] = turns->sin[size + quarter - k];
            turns->sin[at] = turns->cos[size + quarter - k];
        } else {
            turns->cos[at] = -turns->sin[at - quarter];
            turns->sin[at] = turns->cos[at - quarter];
        }
    }
    for (std::size_t half = size / 2; half > 0; half /= 2) {
        for (std::size_t k = 0; k < half; ++k) {
            turns->cos[half + k] = turns->cos[2 * half + 2 * k];
            turns->sin[half + k] = turns->sin[2 * half + 2 * k];
        }
    }
    return turns;
}

/// The same, worked out once in a process.
std::shared_ptr<const PowerSpectrum::Turns> known_turns_of(std::size_t size) {
    static std::mutex mutex;
    static std::map<std::size_t, std::shared_ptr<const PowerSpectrum::Turns>> known;
    const std::lock_guard lock(mutex);
    auto& turns = known[size];
    if (!turns) {
        turns = turns_of(size);
    }
    return turns;
}

/// The first two stages, whose turns are 1 and -i: four points each time.
void join_fours(std::vector<double>& re, std::vector<double>& im) {
    for (std::size_t k = 0; k + 4 <= re.size(); k += 4) {
        double* const x = &re[k];
        double* const y = &im[k];
        const double sum_re = x[0] + x[1];
        const double sum_im = y[0] + y[1];
        const double difference_re = x[0] - x[1];
        const double difference_im = y[0] - y[1];
        const double other_sum_re = x[2] + x[3];
        const double other_sum_im = y[2] + y[3];
        const double other_difference_re = x[2] - x[3];
        const double other_difference_im = y[2] - y[3];
        x[0] = sum_re + other_sum_re;
        y[0] = sum_im + other_sum_im;
        x[1] = difference_re + other_difference_im;
        y[1] = difference_im - other_difference_re;
        x[2] = sum_re - other_sum_re;
        y[2] = sum_im - other_sum_im;
        x[3] = difference_re - other_difference_im;
        y[3] = difference_im + other_difference_re;
    }
}

}  // namespace

PowerSpectrum::PowerSpectrum(int size)
    : size_(size),
      turns_(known_turns_of(static_cast<std::size_t>(size) / 2)),
      re_(static_cast<std::size_t>(size) / 2),
      im_(static_cast<std::size_t>(size) / 2) {}

// Even samples as real parts and odd ones as imaginary parts of half as many points; radix 2,
// decimation in time. Source: Cooley and Tukey, 1965; Sorensen et al., "Real-valued fast Fourier
// transform algorithms", 1987.
void PowerSpectrum::operator()(const std::vector<double>& block, std::vector<double>& power) {
    const std::size_t size = re_.size();
    for (std::size_t i = 0, j = 0; i < size; ++i) {
        re_[j] = block[2 * i];
        im_[j] = block[2 * i + 1];
        std::size_t bit = size / 2;
        for (; (j & bit) != 0; bit /= 2) {
            j ^= bit;
        }
        j ^= bit;
    }
    join_fours(re_, im_);
    for (std::size_t half = 4; half < size; half *= 2) {
        for (std::size_t base = 0; base < size; base += 2 * half) {
            kernels().butterflies(&re_[base], &im_[base], &re_[base + half], &im_[base + half],
                                  &turns_->cos[half], &turns_->sin[half], static_cast<int>(half));
        }
    }
    power.resize(size + 1);
    power[0] = (re_[0] + im_[0]) * (re_[0] + im_[0]);
    power[size] = (re_[0] - im_[0]) * (re_[0] - im_[0]);
    for (std::size_t k = 1; k < size; ++k) {
        const std::size_t mirror = size - k;
        const double even_re = 0.5 * (re_[k] + re_[mirror]);
        const double even_im = 0.5 * (im_[k] - im_[mirror]);
        const double odd_re = 0.5 * (im_[k] + im_[mirror]);
        const double odd_im = -0.5 * (re_[k] - re_[mirror]);
        const double c = turns_->cos[size + k];
        const double s = turns_->sin[size + k];
        const double re = even_re + (odd_re * c + odd_im * s);
        const double im = even_im + (odd_im * c - odd_re * s);
        power[k] = re * re + im * im;
    }
}

}  // namespace drumgen

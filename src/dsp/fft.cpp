#include "dsp/fft.h"

#include <algorithm>
#include <utility>

#include "base/math.h"

namespace drumgen {

PowerSpectrum::PowerSpectrum(int size) : size_(size), imaginary_(static_cast<std::size_t>(size)) {
    for (int k = 0; k < size / 2; ++k) {
        // Only an eighth of the circle is worked out; the rest are its mirror images.
        const int eighth = size / 8;
        const auto at = [](int i) { return static_cast<std::size_t>(i); };
        if (k <= eighth || eighth == 0) {
            cos_.push_back(math::cos_cycles(static_cast<double>(k) / size));
            sin_.push_back(math::sin_cycles(static_cast<double>(k) / size));
        } else if (k <= 2 * eighth) {
            cos_.push_back(sin_[at(2 * eighth - k)]);
            sin_.push_back(cos_[at(2 * eighth - k)]);
        } else {
            cos_.push_back(-sin_[at(k - 2 * eighth)]);
            sin_.push_back(cos_[at(k - 2 * eighth)]);
        }
    }
}

// Radix 2, decimation in time. Source: Cooley and Tukey, 1965.
void PowerSpectrum::operator()(std::vector<double>& block, std::vector<double>& power) {
    const auto size = static_cast<std::size_t>(size_);
    std::fill(imaginary_.begin(), imaginary_.end(), 0.0);
    for (std::size_t i = 1, j = 0; i < size; ++i) {
        std::size_t bit = size / 2;
        for (; (j & bit) != 0; bit /= 2) {
            j ^= bit;
        }
        j ^= bit;
        if (i < j) {
            std::swap(block[i], block[j]);
        }
    }
    for (std::size_t half = 1; half < size; half *= 2) {
        const std::size_t stride = size / (2 * half);
        for (std::size_t base = 0; base < size; base += 2 * half) {
            for (std::size_t k = 0; k < half; ++k) {
                const double c = cos_[k * stride];
                const double s = sin_[k * stride];
                const std::size_t a = base + k;
                const std::size_t b = a + half;
                const double re = block[b] * c + imaginary_[b] * s;
                const double im = imaginary_[b] * c - block[b] * s;
                block[b] = block[a] - re;
                imaginary_[b] = imaginary_[a] - im;
                block[a] += re;
                imaginary_[a] += im;
            }
        }
    }
    power.resize(size / 2 + 1);
    for (std::size_t k = 0; k <= size / 2; ++k) {
        power[k] = block[k] * block[k] + imaginary_[k] * imaginary_[k];
    }
}

}  // namespace drumgen

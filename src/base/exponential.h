#pragma once

#include <cstdint>

#include "base/bits.h"

namespace drumgen::math {

/// e^x without a branch, for x <= 708; 0 below -708. Relative error below 1e-15. A part of every
/// function that takes it, so that kernels for one CPU leave no copy for all.
[[gnu::always_inline]] inline double exponential(double x) noexcept {
    constexpr double octave = 0.693147180559945309417;  // ln 2
    // Adding 1.5 * 2^52 rounds to the nearest integer, which then stands in the lowest bits.
    constexpr double magic = 6755399441055744.0;
    const double shifted = x / octave + magic;
    const double n = shifted - magic;
    // ln 2 in two parts, the first with 21 zero bits at its end, so that n * high is exact.
    constexpr double ln_2_high = 6.93147180369123816490e-01;
    constexpr double ln_2_low = 1.90821492927058770002e-10;
    const double r = (x - n * ln_2_high) - n * ln_2_low;
    // Taylor series; the first term left out is below 1e-18.
    double sum = 1.0 / 87178291200;
    sum = sum * r + 1.0 / 6227020800;
    sum = sum * r + 1.0 / 479001600;
    sum = sum * r + 1.0 / 39916800;
    sum = sum * r + 1.0 / 3628800;
    sum = sum * r + 1.0 / 362880;
    sum = sum * r + 1.0 / 40320;
    sum = sum * r + 1.0 / 5040;
    sum = sum * r + 1.0 / 720;
    sum = sum * r + 1.0 / 120;
    sum = sum * r + 1.0 / 24;
    sum = sum * r + 1.0 / 6;
    sum = sum * r + 1.0 / 2;
    sum = sum * r + 1;
    sum = sum * r + 1;
    const std::uint64_t exponent = (bit_cast<std::uint64_t>(shifted) + 1023) << 52;
    const double result = sum * bit_cast<double>(exponent);
    return x < -708 ? 0 : result;
}

}  // namespace drumgen::math

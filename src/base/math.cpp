#include "base/math.h"

#include <cmath>

#include "base/bits.h"
#include "base/exponential.h"

namespace drumgen::math {

namespace {

/// Adding and subtracting 1.5 * 2^52 rounds to the nearest integer, ties to even.
double round_to_integer(double x) noexcept {
    constexpr double magic = 6755399441055744.0;
    return (x + magic) - magic;
}

/// sin(2 pi x) for |x| <= 1/8 by its Taylor series; the first term left out is below 1e-17.
double sin_eighth(double x) noexcept {
    const double a = 2 * pi * x;
    const double z = a * a;
    double sum = 1;
    for (int k = 17; k >= 3; k -= 2) {
        sum = 1 - z * sum / (k * (k - 1));
    }
    return a * sum;
}

double cos_eighth(double x) noexcept {
    const double a = 2 * pi * x;
    const double z = a * a;
    double sum = 1;
    for (int k = 18; k >= 2; k -= 2) {
        sum = 1 - z * sum / (k * (k - 1));
    }
    return sum;
}

}  // namespace

double exp(double x) noexcept {
    return exponential(x > 708 ? 708 : x);
}

double log(double x) noexcept {
    const auto bits = bit_cast<std::uint64_t>(x);
    auto exponent = static_cast<std::int64_t>(bits >> 52) - 1023;
    double m = bit_cast<double>((bits & 0x000FFFFFFFFFFFFFu) | 0x3FF0000000000000u);
    if (m > 1.41421356237309504880) {
        m *= 0.5;
        ++exponent;
    }
    // log m = 2 atanh(s), s = (m - 1) / (m + 1), |s| < 0.1716: the term after s^23 is below 1e-18.
    const double s = (m - 1) / (m + 1);
    const double z = s * s;
    double sum = 0;
    for (int k = 23; k >= 1; k -= 2) {
        sum = z * sum + 1.0 / k;
    }
    return 2 * s * sum + static_cast<double>(exponent) * ln_2;
}

double pow(double x, double y) noexcept {
    return exp(y * log(x));
}

double sin_cycles(double cycles) noexcept {
    const double x = cycles - round_to_integer(cycles);
    const double quarter = round_to_integer(4 * x);
    const double r = x - quarter * 0.25;
    switch (static_cast<int>(quarter)) {
        case 0:
            return sin_eighth(r);
        case 1:
            return cos_eighth(r);
        case -1:
            return -cos_eighth(r);
        default:
            return -sin_eighth(r);
    }
}

double cos_cycles(double cycles) noexcept {
    return sin_cycles(cycles - round_to_integer(cycles) + 0.25);
}

double tanh(double x) noexcept {
    const double magnitude = x < 0 ? -x : x;
    const double e = exp(-2 * magnitude);
    const double t = (1 - e) / (1 + e);
    return x < 0 ? -t : t;
}

double sqrt(double x) noexcept {
    return std::sqrt(x);
}

std::int64_t floor(double x) noexcept {
    const auto n = static_cast<std::int64_t>(x);
    return static_cast<double>(n) > x ? n - 1 : n;
}

std::int64_t ceil(double x) noexcept {
    return -floor(-x);
}

double nearest(double x, double steps) noexcept {
    return static_cast<double>(floor(x * steps + 0.5)) / steps;
}

double bessel_i0(double x) noexcept {
    const double quarter = x * x / 4;
    double term = 1;
    double sum = 1;
    for (int k = 1; k < 80; ++k) {
        term *= quarter / (static_cast<double>(k) * k);
        sum += term;
        if (term < sum * 1e-17) {
            break;
        }
    }
    return sum;
}

}  // namespace drumgen::math

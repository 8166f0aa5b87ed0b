#pragma once

#include <cstdint>

/// Functions in double precision for coefficients and block starts. The C library's differ between
/// versions and CPUs in the last bit, so nothing that reaches a sample may use them; these use only
/// +, -, *, / and exact conversions, and give the same bits everywhere.
namespace drumgen::math {

inline constexpr double pi = 3.14159265358979323846;
inline constexpr double ln_2 = 0.693147180559945309417;

/// e^x. Relative error below 1e-15 for |x| < 700; 0 below -708, clamped above 708.
[[nodiscard]] double exp(double x) noexcept;

/// Natural logarithm, x > 0 and normal. Relative error below 1e-15 (absolute near 1).
[[nodiscard]] double log(double x) noexcept;

/// x^y for x > 0, by exp(y log x). Relative error below 1e-13 for |y log x| < 100.
[[nodiscard]] double pow(double x, double y) noexcept;

/// sin and cos of an angle in cycles, |cycles| < 2^52. Absolute error below 1e-15.
[[nodiscard]] double sin_cycles(double cycles) noexcept;
[[nodiscard]] double cos_cycles(double cycles) noexcept;

/// Hyperbolic tangent. Absolute error below 1e-15.
[[nodiscard]] double tanh(double x) noexcept;

/// Square root by the CPU's own instruction, which IEEE 754 defines to the last bit.
[[nodiscard]] double sqrt(double x) noexcept;

/// Largest integer not above x, |x| < 2^62.
[[nodiscard]] std::int64_t floor(double x) noexcept;

/// Smallest integer not below x, |x| < 2^62.
[[nodiscard]] std::int64_t ceil(double x) noexcept;

/// The nearest multiple of 1 / steps, |x * steps| < 2^62.
[[nodiscard]] double nearest(double x, double steps) noexcept;

/// Modified Bessel function of the first kind, order 0, for Kaiser windows. Relative error below
/// 1e-14 for |x| < 30. Source: Abramowitz and Stegun 9.6.12.
[[nodiscard]] double bessel_i0(double x) noexcept;

}  // namespace drumgen::math

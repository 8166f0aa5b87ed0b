#pragma once

namespace drumgen {

/// The bits of one type as another of the same size: std::bit_cast, which the C++ library of
/// emscripten lacks. A part of what takes it, so that kernels for one CPU leave no copy for all.
template <class To, class From>
[[nodiscard, gnu::always_inline]] constexpr To bit_cast(const From& from) noexcept {
    return __builtin_bit_cast(To, from);
}

}  // namespace drumgen

#pragma once

#include "drumgen/render.h"

namespace drumgen {

/// Loudness of a sound's loudest 400 ms, LUFS: weighted for the ear, one channel, as if silence
/// stood before and behind it, so that a short sound has one too. -200 for silence. The same bits
/// everywhere.
/// Source: ITU-R BS.1770-4, annex 1, whose filters are laid out for other rates than 48 kHz as by
/// B. De Man, "Evaluation of implementations of the EBU R128 loudness measurement", 2018.
[[nodiscard]] double loudness_lufs(const Signal& sound, double sample_rate_hz);

/// The same of two channels, whose energies are added: twice one of them is 3 LU louder than that.
///   right   as long as `left`
[[nodiscard]] double loudness_lufs(const Signal& left, const Signal& right, double sample_rate_hz);
[[nodiscard]] double loudness_lufs(const Sound& sound);

}  // namespace drumgen

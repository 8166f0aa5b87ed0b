#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <map>
#include <vector>

#include "drumgen/signal.h"
#include "dsp/fft.h"

namespace drumgen::laws {

/// The power spectrum of a sound and three times its length of silence. Keeps the memory of those
/// before, 500 MB at most, which the system would have to clear anew for each.
inline const std::vector<double>& fine_spectrum(const Signal& samples) {
    static std::map<std::size_t, PowerSpectrum> transforms;
    static std::vector<double> block;
    static std::vector<double> power;
    const std::size_t size = std::bit_ceil(4 * samples.size());
    block.assign(size, 0.0);
    std::copy(samples.begin(), samples.end(), block.begin());
    transforms.try_emplace(size, static_cast<int>(size)).first->second(block, power);
    return power;
}

}  // namespace drumgen::laws

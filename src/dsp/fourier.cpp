#include "dsp/fourier.h"

#include <cstddef>
#include <map>
#include <mutex>

#include "base/math.h"

namespace drumgen {

std::shared_ptr<const Fourier::Turns> Fourier::turns_of(int size) {
    auto turns = std::make_shared<Turns>();
    turns->cos.reserve(static_cast<std::size_t>(2 * size));
    turns->sin.reserve(static_cast<std::size_t>(2 * size));
    for (int k = 0; k < size; ++k) {
        const double cycles = static_cast<double>(k) / size;
        turns->cos.push_back(static_cast<float>(math::cos_cycles(cycles)));
        turns->sin.push_back(static_cast<float>(math::sin_cycles(cycles)));
    }
    constexpr int points = 16;
    for (int j = 0; j < points; ++j) {
        for (int k = 0; k < size / points; ++k) {
            const auto at = static_cast<std::size_t>(j * k);
            turns->cos.push_back(turns->cos[at]);
            turns->sin.push_back(turns->sin[at]);
        }
    }
    return turns;
}

/// The same, worked out once in a process.
std::shared_ptr<const Fourier::Turns> Fourier::known_turns_of(int size) {
    static std::mutex mutex;
    static std::map<int, std::shared_ptr<const Turns>> known;
    const std::lock_guard lock(mutex);
    auto& turns = known[size];
    if (!turns) {
        turns = turns_of(size);
    }
    return turns;
}

Fourier::Fourier(int size)
    : size_(size),
      turns_(known_turns_of(size)),
      work_re_(static_cast<std::size_t>(size)),
      work_im_(static_cast<std::size_t>(size)) {}

void Fourier::forward(Signal& re, Signal& im, const Kernels& kernels) {
    kernels.fourier(re.data(), im.data(), work_re_.data(), work_im_.data(), turns_->cos.data(),
                    turns_->sin.data(), size_);
}

}  // namespace drumgen

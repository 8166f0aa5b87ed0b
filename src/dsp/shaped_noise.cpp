#include "dsp/shaped_noise.h"

#include <algorithm>
#include <vector>

#include "base/math.h"

namespace drumgen {

ShortFilter::ShortFilter(std::span<const FilterSection> sections, int taps) {
    std::vector<double> response(static_cast<std::size_t>(taps));
    response[0] = 1;
    for (const FilterSection& section : sections) {
        const bool high = section.kind == FilterSection::Kind::high_pass;
        if ((!high && section.cutoff_hz >= 20000) || section.share == 0) {
            continue;
        }
        const double cycles = section.cutoff_hz / stream_rate_hz;
        const double cos_w = math::cos_cycles(cycles);
        const double alpha = math::sin_cycles(cycles) / (2 * section.q);
        const double a0 = 1 + alpha;
        const double a1 = -2 * cos_w / a0;
        const double a2 = (1 - alpha) / a0;
        const double b0 = (high ? 1 + cos_w : 1 - cos_w) / 2 / a0;
        const double b1 = high ? -2 * b0 : 2 * b0;
        double x1 = 0;
        double x2 = 0;
        double y1 = 0;
        double y2 = 0;
        for (double& value : response) {
            const double x = value;
            const double y = b0 * x + b1 * x1 + b0 * x2 - a1 * y1 - a2 * y2;
            x2 = x1;
            x1 = x;
            y2 = y1;
            y1 = y;
            value = section.share * y + (1 - section.share) * x;
        }
    }
    for (std::size_t k = response.size(); k-- > 0;) {
        weights_.push_back(static_cast<float>(response[k]));
    }
}

double ShortFilter::noise_gain() const noexcept {
    double power = 0;
    for (const float weight : weights_) {
        power += static_cast<double>(weight) * static_cast<double>(weight);
    }
    return math::sqrt(power);
}

void ShortFilter::apply(const float* in, float* out, int frames,
                        const Kernels& kernels) const noexcept {
    const CorrelateRun run{in - (taps() - 1), weights_.data(), taps()};
    kernels.correlate(out, &run, 1, frames);
}

void add_shaped_noise(RandomStream stream, const ShortFilter& filter, std::int64_t index,
                      const float* envelope, int frames, double level, float* out,
                      const Kernels& kernels) {
    constexpr double uniform_rms = 0.57735026918962576451;  // of even values in -1..1
    const auto gain = static_cast<float>(level / uniform_rms);
    constexpr int lead = 64;  // at least the taps of any filter
    alignas(64) float source[lead + block_frames];
    alignas(64) float shaped[block_frames];
    std::fill_n(source, lead, 0.0F);
    for (int at = 0; at < frames; at += block_frames) {
        const int count = std::min(block_frames, frames - at);
        kernels.noise(source + lead, stream, static_cast<std::uint32_t>(index + at), count);
        kernels.multiply(source + lead, source + lead, envelope + at, count);
        filter.apply(source + lead, shaped, count, kernels);
        kernels.add_scaled(out + at, shaped, gain, count);
        std::copy_n(source + count, lead, source);
    }
}

}  // namespace drumgen

#include "explore/sampler.h"

#include "base/random.h"
#include "param/normalise.h"

namespace drumgen {

namespace {

Patch draw(const Instrument& instrument, std::uint64_t seed, std::uint64_t index,
           Range Parameter::*range) {
    Patch patch = empty_patch(instrument);
    const std::uint64_t own = mix64(mix64(seed) ^ index);
    patch.seed = own >> 32;  // short enough to type
    const RandomStream stream = random_stream(own, instrument.name);
    for (std::size_t row = 0; row < instrument.parameters.size(); ++row) {
        const Parameter& parameter = instrument.parameters[row];
        if (parameter.optional) {
            continue;
        }
        const double low = normalised(parameter, (parameter.*range).min);
        const double high = normalised(parameter, (parameter.*range).max);
        const double place = random_uniform(stream, static_cast<std::uint32_t>(row));
        const double value = short_from_normalised(parameter, low + (high - low) * place);
        patch.params[row] = Value{value, Origin::given};
    }
    return patch;
}

}  // namespace

Patch propose_uniform(const Instrument& instrument, std::uint64_t seed, std::uint64_t index) {
    return draw(instrument, seed, index, &Parameter::propose);
}

Patch sample_allowed(const Instrument& instrument, std::uint64_t seed, std::uint64_t index) {
    return draw(instrument, seed, index, &Parameter::allowed);
}

}  // namespace drumgen

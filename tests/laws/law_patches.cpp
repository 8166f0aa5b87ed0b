#include "law_patches.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "base/random.h"
#include "explore/sampler.h"
#include "param/normalise.h"

namespace drumgen::laws {

namespace {

constexpr std::uint64_t data_set = 20;

void set_layer_rows(Patch& patch, std::uint64_t index) {
    const RandomStream stream = random_stream(index, "layer rows");
    for (std::size_t row = 0; row < patch.params.size(); ++row) {
        const Parameter& parameter = patch.instrument->parameters[row];
        const auto counter = static_cast<std::uint32_t>(2 * row);
        if (parameter.optional && random_uniform(stream, counter) < 0.3) {
            const double place = random_uniform(stream, counter + 1);
            patch.params[row] = Value{from_normalised(parameter, place), Origin::given};
        }
    }
}

// Sanitizers look for other faults than laws do, and take ten times as long.
#ifdef DRUMGEN_SANITIZED
constexpr int thinned = 5;
#else
constexpr int thinned = 1;
#endif

}  // namespace

int count_or(int said) {
    const char* const wanted = std::getenv("DRUMGEN_LAW_PATCHES");  // NOLINT(concurrency-mt-unsafe)
    return wanted != nullptr ? std::stoi(wanted) : (said + thinned - 1) / thinned;
}

bool is_sweep() {
    return count_or(0) > 0;
}

std::vector<Patch> random_patches(const Instrument& instrument, int count) {
    std::vector<Patch> patches;
    for (int k = 0; k < count; ++k) {
        const auto index = static_cast<std::uint64_t>(k);
        Patch patch = sample_allowed(instrument, data_set, index);
        if (k % 3 == 2) {
            set_layer_rows(patch, index);
        }
        patches.push_back(std::move(patch));
    }
    return patches;
}

std::vector<Patch> corners(const Instrument& instrument, int most) {
    std::vector<std::size_t> macros;
    for (std::size_t row = 0; row < instrument.parameters.size(); ++row) {
        if (!instrument.parameters[row].optional) {
            macros.push_back(row);
        }
    }
    std::vector<Patch> patches;
    const std::uint64_t all = std::uint64_t{1} << macros.size();
    const std::uint64_t count = std::min(all, static_cast<std::uint64_t>(most));
    for (std::uint64_t k = 0; k < count; ++k) {
        // Odd, so that it visits each once; the golden ratio, so that the first few are spread.
        const std::uint64_t corner = k * 0x9E3779B97F4A7C15U % all;
        Patch patch = empty_patch(instrument);
        patch.seed = corner;
        for (std::size_t bit = 0; bit < macros.size(); ++bit) {
            const Range allowed = instrument.parameters[macros[bit]].allowed;
            const double value = ((corner >> bit) & 1) != 0 ? allowed.max : allowed.min;
            patch.params[macros[bit]] = Value{value, Origin::given};
        }
        patches.push_back(std::move(patch));
    }
    return patches;
}

std::vector<Patch> proposed_patches(const Instrument& instrument, int count) {
    std::vector<Patch> patches;
    for (int k = 0; k < count; ++k) {
        patches.push_back(propose_uniform(instrument, data_set, static_cast<std::uint64_t>(k)));
    }
    return patches;
}

Patch with(Patch patch, std::size_t row, double value) {
    patch.params[row] = Value{value, Origin::given};
    return patch;
}

Patch with_render(Patch patch, const char* id, double value) {
    for (std::size_t row = 0; row < render_parameters().size(); ++row) {
        if (render_parameters()[row].id.view() == id) {
            patch.render[row] = Value{value, Origin::given};
        }
    }
    return patch;
}

}  // namespace drumgen::laws

#include "sound_file/sound_check.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "base/bits.h"
#include "base/math.h"
#include "base/text.h"
#include "drumgen/error.h"

namespace drumgen {
namespace {

/// "a_gain = 0 and b_gain = 0": the layers that the patch mutes; empty when it mutes none.
std::string muted_layers(const Resolved& patch) {
    std::string text;
    for (std::size_t row = 0; row < patch.params.size(); ++row) {
        const Parameter& parameter = patch.instrument->parameters[row];
        if (!parameter.layer.empty() && parameter.id.view().ends_with("_gain") &&
            patch.params[row].value == 0) {
            text += text.empty() ? "" : ", ";
            text += std::string(parameter.id.view()) + " = 0";
        }
    }
    return text;
}

}  // namespace

double peak_of(const Signal& samples) {
    // Magnitudes have the order of their bits, and integers are compared several at once, in lanes
    // that do not wait for each other.
    constexpr std::size_t lanes = 16;
    std::array<std::int32_t, lanes> tops{};
    const auto raise = [&](std::size_t lane, float sample) {
        tops[lane] = std::max(tops[lane], bit_cast<std::int32_t>(sample) & 0x7FFFFFFF);
    };
    std::size_t at = 0;
    for (; at + lanes <= samples.size(); at += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            raise(lane, samples[at + lane]);
        }
    }
    for (; at < samples.size(); ++at) {
        raise(0, samples[at]);
    }
    const std::int32_t bits = *std::max_element(tops.begin(), tops.end());
    return static_cast<double>(bit_cast<float>(bits));
}

double peak_of(const Sound& sound) {
    return std::max(peak_of(sound.samples), peak_of(sound.right));
}

std::optional<std::string> silence_of(const Resolved& patch, const Sound& sound) {
    const auto is_heard = [](const Signal& samples) {
        return std::any_of(samples.begin(), samples.end(), [](float x) { return x != 0; });
    };
    if (is_heard(sound.samples) || is_heard(sound.right)) {
        return std::nullopt;
    }
    const std::string muted = muted_layers(patch);
    return formatted(
        "renders silence: {}; let a layer be heard, or ask for silence with --allow-silence",
        muted.empty() ? formatted("no layer begins within its {} s, or each is turned to nothing",
                                  number_to_text(static_cast<double>(sound.samples.size()) /
                                                 sound.sample_rate_hz))
                      : muted);
}

std::optional<std::string> check_full_scale(std::string_view place, const Sound& sound,
                                            SampleFormat format) {
    const double peak = peak_of(sound);
    if (peak <= 1) {
        return std::nullopt;
    }
    const std::string told = message(
        place, "",
        formatted("peaks at {}, above full scale", number_to_text(math::nearest(peak, 1000))));
    if (format == SampleFormat::float32) {
        return told + "; the file holds it as it is";
    }
    throw Error(Status::invalid, told +
                                     ", where integers end; write --bits 32f, or leave out --level "
                                     "none");
}

}  // namespace drumgen

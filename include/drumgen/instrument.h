#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "drumgen/parameter.h"
#include "drumgen/signal.h"

namespace drumgen {

struct RenderContext;  // dsp/context.h

/// An instrument as everything outside instruments/ sees it.
struct Instrument {
    std::string_view name;
    std::string_view summary;                 ///< one line
    std::string_view description;             ///< a paragraph for the manual
    std::span<const Parameter> parameters{};  ///< macros first, then six rows for each layer
    std::span<const std::string_view> layers{};

    /// What the macros imply for the rows of the layers.
    ///   stated    one entry for each row; macros are complete (stated or standard)
    ///   seed      what makes this drum one of its make
    ///   returns   one entry for each row, empty where no macro decides
    std::vector<std::optional<double>> (*implied)(std::span<const double> macros,
                                                  std::uint64_t seed);

    /// Synthesises the sound before the post chain.
    ///   values    one number for each row, complete and inside its range
    ///   returns   the middle of the sound at 48 kHz, at most context.max_frames long; what is spread is
    ///             added to context.side where there are two channels
    Signal (*synthesize)(std::span<const double> values, const RenderContext& context);

    /// The pitch that the sound settles to, for samplers; null for an instrument without one.
    ///   values    as for synthesize
    std::optional<double> (*pitch_hz)(std::span<const double> values) = nullptr;

    /// The macro that tunes the sound, and its value for a pitch; null for an instrument without
    /// one.
    std::size_t pitch_row = 0;
    double (*value_for_pitch)(double pitch_hz) = nullptr;

    /// Sounds of one group cut each other off when a sampler plays them; empty for none.
    std::string_view choke_group{};

    /// Words beside its name that files of such drums have in their names, in lower case, with spaces
    /// between.
    std::string_view also_called{};
};

/// All instruments, in the order of instruments.def.
[[nodiscard]] std::span<const Instrument* const> instruments();

/// Their names.
[[nodiscard]] std::vector<std::string_view> instrument_names();

/// The instrument of that name, or null.
[[nodiscard]] const Instrument* instrument_named(std::string_view name);

/// The instrument of that name. Throws Error (invalid) that names the nearest known one.
[[nodiscard]] const Instrument& find_instrument(std::string_view name);

}  // namespace drumgen

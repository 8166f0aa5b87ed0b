#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "drumgen/kit.h"
#include "explore/sampler.h"
#include "kit/kit_fit.h"

namespace drumgen {

/// A kit whose sounds fit each other, and how well.
struct ProposedKit {
    Kit kit;
    KitWish wish;
    KitFit fit;
};

/// Tempos that kits are proposed for, beats a minute.
inline constexpr Range kit_tempo_bpm{30, 300};

/// Kit `index` of those that a seed names: for each role some sounds are drawn as proposals are and
/// round presets and tuned to the key, and of all their combinations one is climbed to
/// that fits best. A slot that is another hit of one is that one with one macro changed. The same
/// bits everywhere.
///   key    absent: drawn, one of 24
///   wild   as proposals have it
[[nodiscard]] ProposedKit propose_kit(const std::optional<MusicalKey>& key, double tempo_bpm,
                                      std::uint64_t seed, std::uint64_t index,
                                      double wild = Typical{}.wild);

/// A proposed kit as a line of JSON, without its end.
[[nodiscard]] std::string proposed_kit_json(const ProposedKit& proposed);

/// The measured sounds of a kit with nothing done to fit: each role drawn for itself. What
/// proposals are compared with.
[[nodiscard]] std::vector<KitPart> random_parts(std::uint64_t seed, std::uint64_t index);

}  // namespace drumgen

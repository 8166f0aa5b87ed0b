#pragma once

#include <span>
#include <string>

#include "batch/sound_outputs.h"
#include "measure/features.h"
#include "measure/verdict.h"

namespace drumgen {

/// What --describe prints of a sound: one line of JSON with where it came from, its features, its
/// pitch as a key, and the verdict.
[[nodiscard]] std::string description_json(const KnownSound& known, const Features& features,
                                           std::span<const Judgement> verdict);

}  // namespace drumgen

#pragma once

#include <string>

#include "match/hit_table.h"

namespace drumgen {

/// What differs most between a hit and what was to match it, in words: "2 dB too bright after 80 ms,
/// 20 cents too low"; "nothing that is heard" when hardly anything does.
[[nodiscard]] std::string difference_words(const HitTable& wanted, const HitTable& other);

}  // namespace drumgen

#pragma once

#include <string>
#include <vector>

#include "document/ratings.h"

namespace drumgen {

/// How many sounds of each instrument are liked and disliked, a line of text each.
[[nodiscard]] std::string ratings_stats_text(const std::vector<Rating>& ratings);

/// The same as JSON Lines.
[[nodiscard]] std::string ratings_stats_json(const std::vector<Rating>& ratings);

}  // namespace drumgen

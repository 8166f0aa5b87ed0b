#pragma once

#include <string>

#include "kit/kit_plan.h"

namespace drumgen {

/// What kit_info.json tells of a rendered kit; kit_from_json reads it back as the same kit.
///   version     of drumgen
///   date        of the kit in ISO 8601; empty: none
///   has_lines   laid out for a reader; else all is one line. No line feed ends it
[[nodiscard]] std::string kit_info_json(const KitPlan& plan, const std::string& version,
                                        const std::string& date, bool has_lines);

}  // namespace drumgen

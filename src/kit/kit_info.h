#pragma once

#include <string>

#include "kit/kit_plan.h"

namespace drumgen {

inline constexpr const char* kit_info_path = "kit_info.json";

/// What kit_info.json tells of a rendered kit; kit_from_json reads it back as the same kit.
///   version   of drumgen
///   date      of the kit in ISO 8601; empty: none
[[nodiscard]] std::string kit_info_json(const KitPlan& plan, const std::string& version,
                                        const std::string& date);

/// The same without the ends of its lines.
[[nodiscard]] std::string on_one_line(const std::string& info);

}  // namespace drumgen

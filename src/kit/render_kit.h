#pragma once

#include <functional>
#include <string>
#include <vector>

#include "kit/kit_plan.h"

namespace drumgen {

/// How a kit's slots are brought to their levels.
enum class Levels {
    balanced,  ///< by loudness, each to the target of its kind
    as_is,     ///< each as its patch has it, with the gains that the slots ask for
};

/// Renders all samples and brings them to their levels.
///   threads   that work; any number gives the same bytes
///   step      called in the order of the samples with the seconds of each
///   returns   notes for the user
[[nodiscard]] std::vector<std::string> render_kit(KitPlan& plan, Levels levels, unsigned threads,
                                                  const std::function<void(double)>& step);

}  // namespace drumgen

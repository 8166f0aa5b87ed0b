#pragma once

#include <string>
#include <vector>

#include "export/kit_request.h"
#include "export/write_kit.h"

namespace drumgen {

/// One kit on its way out.
struct Export {
    KitPlan plan;
    std::vector<KitTarget> targets;  ///< none when it is only told
};

/// Plans all kits. Throws Error (invalid) for a format that nobody knows, and when kits would share
/// a name.
[[nodiscard]] std::vector<Export> planned(const KitRequest& request, const std::vector<Kit>& kits);

/// What a run writes.
struct KitOutputs {
    std::vector<std::string> paths;
    bool is_input_replaced = false;  ///< a kit is written again onto itself
};

/// Refuses what would destroy an input or another output, before anything is rendered. Throws Error
/// with all problems.
[[nodiscard]] KitOutputs check_outputs(const KitRequest& request, const GivenKits& given,
                                       const std::vector<Export>& exports);

}  // namespace drumgen

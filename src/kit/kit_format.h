#pragma once

#include <vector>

#include "kit/kit_plan.h"
#include "kit/zip_archive.h"

namespace drumgen {

/// The kit for players of SFZ: the text of kit.sfz, which names the WAVs beside it.
/// Source: the SFZ opcode reference, sfzformat.com.
[[nodiscard]] KitFile sfz_file(const KitPlan& plan);

}  // namespace drumgen

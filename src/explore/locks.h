#pragma once

#include <optional>
#include <string>
#include <vector>

#include "drumgen/patch.h"

namespace drumgen {

/// The parameters that `--lock` names: KEY of each "KEY=VALUE" or "KEY".
[[nodiscard]] std::vector<std::string> locked_keys(const std::vector<std::string>& locks);

/// The patch that what is locked is taken from, with no name of its own: `like`, or else one of the
/// instrument that states nothing, with each VALUE of the locks. Throws Error (invalid), also when
/// there is neither a VALUE nor a patch that has one.
[[nodiscard]] Patch locked_base(const Instrument& instrument, const std::optional<Patch>& like,
                                const std::vector<std::string>& locks);

}  // namespace drumgen

#pragma once

#include <span>
#include <string>

namespace drumgen {

/// A rule for make: the outputs depend on the inputs, told once each, of which every one is also a target without a
/// rule, so that removing one does not stop make.
[[nodiscard]] std::string depfile_text(std::span<const std::string> outputs,
                                       std::span<const std::string> inputs);

}  // namespace drumgen

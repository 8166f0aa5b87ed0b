#pragma once

#include <string>
#include <string_view>

namespace drumgen {

/// What to say of a flag or word that a command doesn't know, where a user of another program, or
/// of another command, means something that can be had; empty when nobody knows. Begins with ", " or
/// "; ".
[[nodiscard]] std::string hint_for(std::string_view command, std::string_view word);

}  // namespace drumgen

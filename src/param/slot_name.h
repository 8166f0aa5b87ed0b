#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace drumgen {

/// Why a text can't be the name of a slot, such as "holds a / ..."; empty when it can.
[[nodiscard]] std::string slot_name_problem(std::string_view name);

/// Why a path, with /, can't be that of a file below a kit's folder, such as "leaves the kit's
/// folder"; empty when it can.
[[nodiscard]] std::string path_problem(std::string_view path);

/// The name in lower case with '_' for all but ASCII letters and digits: "Closed Hat" and "closed-hat" are
/// "closed_hat".
[[nodiscard]] std::string plain_name(std::string_view name);

/// The name, or with "-2" and so on behind it: the first that is not among those that are taken,
/// whatever the case of its letters. It is taken from then on.
[[nodiscard]] std::string unique_name(const std::string& name, std::set<std::string>& taken);

/// The words of a name, in lower case and without digits: "HiHatOpen-3" has "hi", "hat" and "open".
[[nodiscard]] std::vector<std::string> words_in_name(std::string_view name);

}  // namespace drumgen

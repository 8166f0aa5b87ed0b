#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drumgen/patch.h"
#include "explore/mutate.h"

namespace drumgen {

/// What --lock and --only leave free.
///   moving   rows that move unless told otherwise
///   only     parameters' names, or patterns such as "punch*"; empty: all that move. Names what else
///            may move too
///   lock     the same, for what must not move; "seed" stands for the seed
/// Throws Error (invalid) for a name that matches nothing, with the nearest.
[[nodiscard]] Freedom freedom_of(const Instrument& instrument, const std::vector<bool>& moving,
                                 const std::vector<std::string>& only,
                                 const std::vector<std::string>& lock);

/// The render setting of a name, such as "tilt_db" or "render.tilt_db", or none.
[[nodiscard]] std::optional<std::size_t> setting_named(std::string_view name);

/// Takes the names of render settings out of a list of parameters.
[[nodiscard]] std::vector<std::size_t> settings_among(std::vector<std::string>& names);

/// freedom_of() of a patch where render settings may be named, too: its settings are those that --only
/// names and --lock does not. Where --only names nothing else, all the rest stays.
[[nodiscard]] Freedom freedom_with_settings(const Patch& patch, std::vector<std::string> only,
                                            std::vector<std::string> lock);

/// The same of a patch that is mutated: the settings have to be numbers.
[[nodiscard]] Freedom mutation_freedom(const Patch& patch, const std::vector<std::string>& only,
                                       const std::vector<std::string>& lock);

}  // namespace drumgen

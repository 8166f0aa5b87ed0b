#pragma once

#include <string_view>
#include <utility>

#include "base/text.h"
#include "drumgen/error.h"

namespace drumgen {

/// Throws Error (invalid): "place: reason".
template <class... Values>
[[noreturn]] void refuse_file(std::string_view place, fmt::format_string<Values...> reason,
                              Values&&... values) {
    throw Error(Status::invalid,
                message(place, "", formatted(reason, std::forward<Values>(values)...)));
}

}  // namespace drumgen

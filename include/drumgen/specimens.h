#pragma once

#include <span>
#include <string_view>

#include "drumgen/patch.h"

namespace drumgen {

/// A real drum, told in an instrument's macros: the patch that match found for it.
struct Specimen {
    std::string_view kit;   ///< that the drum is of, for the record
    std::string_view drum;  ///< its file there
    Patch patch;
    double spread = 0;  ///< how far others of its kind stray from it: a deviation, of each range
    double weight = 1;  ///< how often it is drawn beside others; low where it is like no other drum
};

/// Of an instrument; none of one that has none.
[[nodiscard]] std::span<const Specimen> specimens_of(const Instrument& instrument);

}  // namespace drumgen

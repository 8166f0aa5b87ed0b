#pragma once

#include <string_view>
#include <vector>

#include "drumgen/instrument.h"
#include "match/hit_table.h"

namespace drumgen {

/// The instrument that the name of a file tells, such as "HiHatOpen-3" or "EE_Kick_Lite": the last
/// word that is one's name or what it is also called; null when none is.
[[nodiscard]] const Instrument* instrument_in_name(std::string_view name);

/// Instruments that a hit may be of, the likeliest first, all of them.
[[nodiscard]] std::vector<const Instrument*> instruments_like(const HitTable& hit);

/// The same of a hit among others, of which the loudest counts where several sound at once.
///   hit   as table_in_loop has it
[[nodiscard]] std::vector<const Instrument*> instruments_in_loop(const HitTable& hit);

/// The one that the name of its file tells, or else the likeliest.
[[nodiscard]] const Instrument& instrument_of(const HitTable& hit, std::string_view name);

}  // namespace drumgen

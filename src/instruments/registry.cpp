#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "drumgen/error.h"
#include "drumgen/instrument.h"
#include "instruments/frame.h"

namespace drumgen {

std::span<const Instrument* const> instruments() {
    static const std::array all{
#define DRUMGEN_INSTRUMENT(name) &name::instrument,
#include "instruments/instruments.def"
#undef DRUMGEN_INSTRUMENT
    };
    return all;
}

std::vector<std::string_view> instrument_names() {
    std::vector<std::string_view> names;
    for (const Instrument* instrument : instruments()) {
        names.push_back(instrument->name);
    }
    return names;
}

const Instrument* instrument_named(std::string_view name) {
    const auto all = instruments();
    const auto found = std::find_if(all.begin(), all.end(), [name](const Instrument* instrument) {
        return instrument->name == name;
    });
    return found == all.end() ? nullptr : *found;
}

const Instrument& find_instrument(std::string_view name) {
    if (const Instrument* instrument = instrument_named(name)) {
        return *instrument;
    }
    const std::vector<std::string_view> names = instrument_names();
    if (number_from_text(name)) {
        throw Error(Status::invalid,
                    formatted("{} is no instrument, did you mean {}?", in_quotes(name),
                              in_quotes(formatted("-n {}", name))));
    }
    throw Error(Status::invalid,
                formatted("unknown instrument {}{}", in_quotes(name),
                          did_you_mean(name, names, ", known are: " + listed(names))));
}

}  // namespace drumgen

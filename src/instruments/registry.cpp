#include <array>
#include <string>

#include "base/error.h"
#include "drumgen/instrument.h"
#include "param/state.h"

namespace drumgen {

#define DRUMGEN_INSTRUMENT(name) extern const Instrument name##_instrument;
#include "instruments/instruments.def"
#undef DRUMGEN_INSTRUMENT

std::span<const Instrument* const> instruments() {
    static const std::array all{
#define DRUMGEN_INSTRUMENT(name) &name##_instrument,
#include "instruments/instruments.def"
#undef DRUMGEN_INSTRUMENT
    };
    return all;
}

const Instrument& find_instrument(std::string_view name) {
    std::string known;
    std::vector<std::string_view> names;
    for (const Instrument* instrument : instruments()) {
        if (instrument->name == name) {
            return *instrument;
        }
        known += (known.empty() ? "" : ", ") + std::string(instrument->name);
        names.push_back(instrument->name);
    }
    const std::string_view close = nearest(name, names);
    throw Error(Status::invalid,
                "unknown instrument \"" + std::string(name) + "\", " +
                    (close.empty() ? "known are: " + known
                                   : "did you mean \"" + std::string(close) + "\"?"));
}

}  // namespace drumgen

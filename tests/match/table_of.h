#pragma once

#include "dsp/kernels/kernels.h"
#include "match/hit_table.h"

namespace drumgen {

inline HitTable table_of(const Signal& sound) {
    return HitMeter()(sound.data(), sound.size(), kernels());
}

}  // namespace drumgen

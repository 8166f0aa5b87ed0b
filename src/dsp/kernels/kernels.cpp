#include "dsp/kernels/functions.h"

#define DRUMGEN_TEXT_(a) #a
#define DRUMGEN_TEXT(a) DRUMGEN_TEXT_(a)

namespace drumgen::DRUMGEN_ISA_NAMESPACE {

extern const Kernels table;
const Kernels table{
    DRUMGEN_TEXT(DRUMGEN_ISA),
#define DRUMGEN_KERNEL(name) name,
#include "dsp/kernels/kernels.def"
#undef DRUMGEN_KERNEL
};

}  // namespace drumgen::DRUMGEN_ISA_NAMESPACE

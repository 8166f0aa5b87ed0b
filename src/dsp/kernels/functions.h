#pragma once

#include <type_traits>

#include "dsp/kernels/kernels.h"

// Compiled once for each instruction set, with DRUMGEN_ISA naming the namespace. Uses nothing of
// the standard library that could leave a function compiled for a newer CPU in a shared name.
#define DRUMGEN_JOIN_(a, b) a##b
#define DRUMGEN_JOIN(a, b) DRUMGEN_JOIN_(a, b)
#define DRUMGEN_ISA_NAMESPACE DRUMGEN_JOIN(isa_, DRUMGEN_ISA)

namespace drumgen::DRUMGEN_ISA_NAMESPACE {

// Each as its pointer in Kernels has it, where it stands what it does.
#define DRUMGEN_KERNEL(name)                       \
    std::remove_pointer_t<decltype(Kernels::name)> \
        name;  // NOLINT(bugprone-macro-parentheses): a name
#include "dsp/kernels/kernels.def"
#undef DRUMGEN_KERNEL

}  // namespace drumgen::DRUMGEN_ISA_NAMESPACE

#include <cstdlib>
#include <cstring>

#include "dsp/kernels/kernels.h"

// The C library has asked the CPU already. To ask it again costs a virtual machine 0.1 ms: there each
// CPUID is a way to the host and back. Clang can't read that header in standard C++: it writes _Bool.
#if defined(DRUMGEN_HAS_X86_KERNELS) && !defined(__clang__) && __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#endif
#if defined(CPU_FEATURE_ACTIVE)
#define DRUMGEN_CPU_HAS(glibc_name, gcc_name) CPU_FEATURE_ACTIVE(glibc_name)
#else
#define DRUMGEN_CPU_HAS(glibc_name, gcc_name) __builtin_cpu_supports(gcc_name)
#endif

namespace drumgen {

namespace isa_portable {
extern const Kernels table;
}
#if defined(DRUMGEN_HAS_X86_KERNELS)
namespace isa_v2 {
extern const Kernels table;
}
namespace isa_v3 {
extern const Kernels table;
}
namespace isa_v4 {
extern const Kernels table;
}
#endif

namespace {

const Kernels& best_kernels() noexcept {
    if (const char* wanted = std::getenv("DRUMGEN_ISA"); wanted != nullptr) {
        if (const Kernels* found = find_kernels(wanted); found != nullptr) {
            return *found;
        }
    }
    for (const char* isa : {"v4", "v3", "v2"}) {
        if (const Kernels* found = find_kernels(isa); found != nullptr) {
            return *found;
        }
    }
    return isa_portable::table;
}

}  // namespace

const Kernels* find_kernels(const char* isa) noexcept {
    if (std::strcmp(isa, "portable") == 0) {
        return &isa_portable::table;
    }
#if defined(DRUMGEN_HAS_X86_KERNELS)
#if !defined(CPU_FEATURE_ACTIVE)
    __builtin_cpu_init();
#endif
    if (std::strcmp(isa, "v2") == 0 && DRUMGEN_CPU_HAS(SSE4_2, "sse4.2") &&
        DRUMGEN_CPU_HAS(SSSE3, "ssse3") && DRUMGEN_CPU_HAS(POPCNT, "popcnt")) {
        return &isa_v2::table;
    }
    const bool v3 = DRUMGEN_CPU_HAS(AVX2, "avx2") && DRUMGEN_CPU_HAS(FMA, "fma") &&
                    DRUMGEN_CPU_HAS(BMI1, "bmi") && DRUMGEN_CPU_HAS(BMI2, "bmi2");
    if (std::strcmp(isa, "v3") == 0 && v3) {
        return &isa_v3::table;
    }
    if (std::strcmp(isa, "v4") == 0 && v3 && DRUMGEN_CPU_HAS(AVX512F, "avx512f") &&
        DRUMGEN_CPU_HAS(AVX512BW, "avx512bw") && DRUMGEN_CPU_HAS(AVX512CD, "avx512cd") &&
        DRUMGEN_CPU_HAS(AVX512DQ, "avx512dq") && DRUMGEN_CPU_HAS(AVX512VL, "avx512vl")) {
        return &isa_v4::table;
    }
#endif
    return nullptr;
}

const Kernels& kernels() noexcept {
    static const Kernels& chosen = best_kernels();
    return chosen;
}

}  // namespace drumgen

#include <cstdlib>
#include <cstring>

#include "dsp/kernels/kernels.h"

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
    __builtin_cpu_init();
    if (std::strcmp(isa, "v2") == 0 && __builtin_cpu_supports("sse4.2") &&
        __builtin_cpu_supports("ssse3") && __builtin_cpu_supports("popcnt")) {
        return &isa_v2::table;
    }
    const bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                    __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
    if (std::strcmp(isa, "v3") == 0 && v3) {
        return &isa_v3::table;
    }
    if (std::strcmp(isa, "v4") == 0 && v3 && __builtin_cpu_supports("avx512f") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
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

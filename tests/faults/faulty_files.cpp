// Linked into a drumgen of its own, drumgen-faulty: one call to the system's files fails, or one allocation, as the
// environment says. What it says is looked at before main() runs.
//   DRUMGEN_FAULT       "N:ERRNO": the Nth call, from 0, fails with that number
//   DRUMGEN_FAULT_NEW   "N": the Nth allocation throws
//   DRUMGEN_SHORT       calls that move bytes move at most so many
//   DRUMGEN_TOLD        a file descriptor that gets a byte when something has failed

#include <unistd.h>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <new>

#include "faults/faulty_files.h"

namespace {

std::atomic<long> allocations_left{-1};

/// Tells whoever has started this that the fault has come about.
void tell_fault() noexcept {
    if (const char* told = std::getenv("DRUMGEN_TOLD"); told != nullptr) {
        const char mark = 'x';
        (void)!::write(std::atoi(told), &mark, 1);
    }
}

void* allocated(std::size_t size) {
    if (allocations_left.load(std::memory_order_relaxed) >= 0 && allocations_left-- == 0) {
        tell_fault();
        throw std::bad_alloc();
    }
    void* memory = std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr) {
        throw std::bad_alloc();
    }
    return memory;
}

}  // namespace

void* operator new(std::size_t size) {
    return allocated(size);
}
void* operator new[](std::size_t size) {
    return allocated(size);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete[](void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace drumgen {
namespace {

/// Puts it in place before the program begins.
struct Installed {
    Installed() {
        const char* fault = std::getenv("DRUMGEN_FAULT");
        const char* most = std::getenv("DRUMGEN_SHORT");
        if (fault != nullptr || most != nullptr) {
            char* end = nullptr;
            const long nth = fault == nullptr ? -1 : std::strtol(fault, &end, 10);
            const int error = fault == nullptr || *end != ':' ? EIO : std::atoi(end + 1);
            static FaultyFiles files(
                {.nth = nth,
                 .error = error,
                 .most = most == nullptr ? 0 : static_cast<std::size_t>(std::atol(most)),
                 .looking_fails = true,
                 .told = tell_fault});
            replace_file_system(&files);
        }
        if (const char* nth = std::getenv("DRUMGEN_FAULT_NEW"); nth != nullptr) {
            allocations_left = std::atol(nth);
        }
    }
};

const Installed installed;

}  // namespace
}  // namespace drumgen

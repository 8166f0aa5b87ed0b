#include "io/process.h"

#include <fcntl.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cfenv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "io/file.h"

namespace drumgen {
namespace {

/// A sound's buffers are larger than malloc's 128 KiB, above which it maps fresh pages for each and
/// gives them back: 800 page faults for one kick, 600 when it keeps them. In a virtual machine a
/// fault takes 10..20 us, and asking the kernel for the pages at once 1 us a page.
void keep_memory() {
    constexpr std::size_t page = 4096;
    constexpr std::size_t usual = 512 << 10;  // bytes that a sound of half a second takes
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
#ifdef MADV_POPULATE_WRITE
    if (void* const memory = std::malloc(usual)) {
        const std::size_t past_page = reinterpret_cast<std::uintptr_t>(memory) % page;
        // A kernel before Linux 5.14 refuses it, and nothing is lost.
        (void)madvise(static_cast<char*>(memory) - past_page, usual, MADV_POPULATE_WRITE);
        std::free(memory);
    }
#endif
}

/// Takes the place of a standard stream that was closed, lest a file gets its number and what is
/// meant for the stream lands in the file. Reading only, so that writing still fails.
void fill_closed_streams() {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (fcntl(stream, F_GETFD) < 0) {
            (void)open("/dev/null", O_RDONLY);
        }
    }
}

}  // namespace

void prepare_process() {
    keep_memory();
    fill_closed_streams();
    install_signal_handlers();
    // A shared library built with -Ofast turns on flush-to-zero for the whole process.
    std::fesetenv(FE_DFL_ENV);
}

}  // namespace drumgen

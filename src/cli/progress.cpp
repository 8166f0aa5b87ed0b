#include "cli/progress.h"

#include <unistd.h>

#include <cstdlib>
#include <string>
#include <string_view>

namespace drumgen {
namespace {

/// Sounds between two updates: some milliseconds.
constexpr std::size_t step_size = 8;

bool can_show() {
    const char* const terminal = std::getenv("TERM");
    return isatty(STDERR_FILENO) == 1 && std::getenv("CI") == nullptr && terminal != nullptr &&
           std::string_view(terminal) != "dumb";
}

void show(const std::string& text) {
    // Nothing depends on it.
    (void)!write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

Progress::Progress(std::size_t total) : total_(total), shown_(total > 1 && can_show()) {}

Progress::~Progress() {
    if (shown_ && done_ > 0) {
        show("\r\x1b[K");  // start of line, erase it
    }
}

void Progress::step() {
    ++done_;
    if (shown_ && done_ % step_size == 0) {
        show("\r" + std::to_string(done_) + " of " + std::to_string(total_));
    }
}

}  // namespace drumgen

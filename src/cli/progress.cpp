#include "cli/progress.h"

#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "cli/messages.h"

namespace drumgen {
namespace {

constexpr std::chrono::milliseconds between_updates{100};

bool can_show() {
    const char* const terminal = std::getenv("TERM");
    return isatty(STDERR_FILENO) == 1 && std::getenv("CI") == nullptr && terminal != nullptr &&
           std::string_view(terminal) != "dumb";
}

std::string whole(double number) {
    return std::to_string(static_cast<std::int64_t>(std::llround(number)));
}

std::string tenths(double number) {
    const auto all = static_cast<std::int64_t>(std::llround(number * 10));
    return fmt::format("{}.{}", all / 10, all % 10);
}

}  // namespace

Progress::Progress(std::optional<std::size_t> total)
    : total_(total), shown_(total.value_or(2) > 1 && can_show()) {}

Progress::~Progress() {
    erase();
}

void Progress::erase() {
    if (is_dirty_) {
        tell_as_is("\r\x1b[K");  // start of line, erase it
        is_dirty_ = false;
    }
}

double Progress::passed_s() const {
    return std::max(std::chrono::duration<double>(Clock::now() - begin_).count(), 1e-6);
}

void Progress::step(double seconds) {
    ++done_;
    sound_s_ += seconds;
    if (!shown_) {
        return;
    }
    const Clock::time_point now = Clock::now();
    if (now - told_ < between_updates) {
        return;
    }
    told_ = now;
    is_dirty_ = true;
    const double passed = passed_s();
    const double rate = static_cast<double>(done_) / passed;
    std::string text = fmt::format("\r\x1b[K{}", done_);
    if (total_) {
        text += fmt::format(" of {}", *total_);
    }
    text += fmt::format(", {} a second, {} x real time", whole(rate), whole(sound_s_ / passed));
    if (total_) {
        text += fmt::format(", {} s left", whole(static_cast<double>(*total_ - done_) / rate));
    }
    tell_as_is(text);
}

std::string Progress::summary() const {
    const double passed = passed_s();
    return fmt::format("{} sounds, {} s of sound in {} s: {} sounds a second, {} x real time",
                       done_, tenths(sound_s_), tenths(passed),
                       whole(static_cast<double>(done_) / passed), whole(sound_s_ / passed));
}

}  // namespace drumgen

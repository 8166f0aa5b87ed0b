#include "cli/progress.h"

#include <cmath>

#include "base/text.h"
#include "cli/messages.h"
#include "cli/terminal.h"
#include "system/console.h"
#include "system/environment.h"
#include "system/file_system.h"

namespace drumgen {
namespace {

constexpr std::chrono::milliseconds between_updates{100};

bool can_show() {
    return can_redraw() && !environment_variable("CI");
}

std::string whole(double number) {
    return std::to_string(static_cast<std::int64_t>(std::llround(number)));
}

std::string tenths(double number) {
    const auto all = static_cast<std::int64_t>(std::llround(number * 10));
    return formatted("{}.{}", all / 10, all % 10);
}

/// "7 s", "3 min 5 s", "2 h 10 min".
std::string time_text(double seconds) {
    constexpr std::int64_t sixty = 60;
    const std::int64_t all = std::llround(seconds);
    const std::int64_t minutes = all / sixty;
    if (minutes == 0) {
        return formatted("{} s", all);
    }
    return minutes < sixty ? formatted("{} min {} s", minutes, all % sixty)
                           : formatted("{} h {} min", minutes / sixty, minutes % sixty);
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
    // A line that wraps could not be erased.
    tell_as_is("\r\x1b[K" +
               line().substr(0, static_cast<std::size_t>(columns_of(standard_error)) - 1));
}

std::string Progress::line() const {
    const double passed = passed_s();
    const double rate = static_cast<double>(done_) / passed;
    const std::string speed =
        formatted("{} a second, {} x real time", whole(rate), whole(sound_s_ / passed));
    if (!total_) {
        return formatted("{} sounds, {}", done_, speed);
    }
    const auto total = static_cast<double>(*total_);
    // Never 100 before the end.
    const double percent = std::floor(100 * static_cast<double>(done_) / total);
    return formatted("{} %, {} of {}, {}, {} left", whole(percent), done_, *total_, speed,
                     time_text((total - static_cast<double>(done_)) / rate));
}

std::string Progress::summary() const {
    const double passed = passed_s();
    return formatted("{} sounds, {} s of sound in {} s: {} sounds a second, {} x real time", done_,
                     tenths(sound_s_), tenths(passed), whole(static_cast<double>(done_) / passed),
                     whole(sound_s_ / passed));
}

}  // namespace drumgen

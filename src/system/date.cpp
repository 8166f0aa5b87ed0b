#include "system/date.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "base/text.h"
#include "system/environment.h"

namespace drumgen {
namespace {

using std::chrono::sys_days;
using std::chrono::sys_seconds;

std::string day_text(const std::chrono::year_month_day& day) {
    return formatted("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

/// ISO 8601 with the letter Z.
std::string second_text(sys_seconds time) {
    const sys_days day = std::chrono::floor<std::chrono::days>(time);
    const auto past = (time - day).count();
    return formatted("{}T{:02}:{:02}:{:02}Z", day_text(day), past / 3600, past / 60 % 60,
                     past % 60);
}

/// The number that these letters are; 0 where they are none.
int number_at(const std::string& text, std::size_t at, std::size_t count) {
    int number = 0;
    for (std::size_t i = at; i < std::min(at + count, text.size()); ++i) {
        number = 10 * number + (text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : 0);
    }
    return number;
}

}  // namespace

std::optional<std::string> source_date() {
    const std::optional<std::string> epoch = environment_variable("SOURCE_DATE_EPOCH");
    if (!epoch) {
        return std::nullopt;
    }
    constexpr std::uint64_t year_9999 = 253402300799;
    const std::uint64_t seconds = whole_number_of("SOURCE_DATE_EPOCH", *epoch, {0, year_9999});
    return second_text(sys_seconds(std::chrono::seconds(static_cast<std::int64_t>(seconds))));
}

std::string utc_now() {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return source_date().value_or(second_text(now));
}

bool is_date(const std::string& text) {
    // What these numbers are is written again: all else, and a day that no month has, differs.
    const std::chrono::year_month_day day(
        std::chrono::year(number_at(text, 0, 4)),
        std::chrono::month(static_cast<unsigned>(number_at(text, 5, 2))),
        std::chrono::day(static_cast<unsigned>(number_at(text, 8, 2))));
    if (!day.ok()) {
        return false;
    }
    const int past =
        3600 * number_at(text, 11, 2) + 60 * number_at(text, 14, 2) + number_at(text, 17, 2);
    return text == day_text(day) || text == second_text(sys_days(day) + std::chrono::seconds(past));
}

}  // namespace drumgen

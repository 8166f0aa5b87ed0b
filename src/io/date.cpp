#include "io/date.h"

#include <array>
#include <chrono>
#include <cstdlib>
#include <ctime>

#include "base/text.h"

namespace drumgen {
namespace {

constexpr const char* second_form = "%Y-%m-%dT%H:%M:%SZ";
constexpr const char* day_form = "%Y-%m-%d";

std::string text_of(std::time_t seconds, const char* form) {
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), form, &parts)};
}

}  // namespace

std::optional<std::string> source_date() {
    const char* const epoch = std::getenv("SOURCE_DATE_EPOCH");
    if (epoch == nullptr) {
        return std::nullopt;
    }
    constexpr std::uint64_t year_9999 = 253402300799;
    const std::uint64_t seconds = whole_number_of("SOURCE_DATE_EPOCH", epoch, {0, year_9999});
    return text_of(static_cast<std::time_t>(seconds), second_form);
}

std::string utc_now() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    return source_date().value_or(text_of(now, second_form));
}

bool is_date(const std::string& text) {
    for (const char* const form : {second_form, day_form}) {
        std::tm parts{};
        const char* const end = strptime(text.c_str(), form, &parts);
        // A day that no month has, such as 31 February, comes back as another.
        if (end != nullptr && *end == '\0' && text_of(timegm(&parts), form) == text) {
            return true;
        }
    }
    return false;
}

}  // namespace drumgen

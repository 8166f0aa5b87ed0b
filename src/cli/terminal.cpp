#include "cli/terminal.h"

#include <sys/ioctl.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "cli/messages.h"

namespace drumgen {
namespace {

/// Does the user's locale say UTF-8? As the C library decides it, without loading one.
bool has_utf8() {
    for (const char* const name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const char* const value = std::getenv(name);
        if (value != nullptr && *value != '\0') {
            std::string locale(value);
            std::transform(locale.begin(), locale.end(), locale.begin(), [](char c) {
                return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
            });
            return locale.find("UTF-8") != locale.npos || locale.find("UTF8") != locale.npos;
        }
    }
    return false;
}

}  // namespace

int columns_of(int stream) {
    constexpr int usual = 80;
    winsize size{};
    const bool is_known = ioctl(stream, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return is_known ? std::clamp<int>(size.ws_col, 20, 240) : usual;
}

void TerminalReporter::begin(std::optional<std::size_t> total) {
    progress_.emplace(is_quiet_ ? std::optional<std::size_t>(0) : total);
}

void TerminalReporter::note(std::string_view line) {
    if (!is_quiet_) {
        make_room();
        tell(line);
    }
}

void TerminalReporter::problem(std::string_view line) {
    make_room();
    tell(line);
}

void TerminalReporter::show(std::string_view text) {
    make_room();
    tell_as_is(text);
}

void TerminalReporter::step(double seconds) {
    progress_->step(seconds);
}

void TerminalReporter::end() {
    if (progress_->is_shown()) {
        make_room();
        tell(progress_->summary());
    }
}

void TerminalReporter::make_room() {
    if (progress_) {
        progress_->erase();
    }
}

TextPicture picture_for(int stream) {
    TextPicture picture;
    picture.columns = columns_of(stream);
    picture.has_unicode = has_utf8();
    return picture;
}

}  // namespace drumgen

#include "system/console.h"

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <string>

#include "system/environment.h"
#include "system/file_system.h"

namespace drumgen {

bool is_terminal(int stream) {
    return isatty(stream) == 1;
}

std::optional<int> terminal_columns(int stream) {
    winsize size{};
    const bool is_known = ioctl(stream, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return is_known ? std::optional<int>(size.ws_col) : std::nullopt;
}

bool can_redraw() {
    const std::optional<std::string> terminal = environment_variable("TERM");
    return is_terminal(standard_error) && terminal && *terminal != "dumb";
}

bool shows_utf8() {
    // As the C library decides it, without loading a locale.
    for (const char* const name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        if (std::string locale = environment_variable(name).value_or(""); !locale.empty()) {
            std::transform(locale.begin(), locale.end(), locale.begin(), [](char c) {
                return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
            });
            return locale.find("UTF-8") != locale.npos || locale.find("UTF8") != locale.npos;
        }
    }
    return false;
}

struct KeyByKey::Before {
    termios settings{};
};

KeyByKey::KeyByKey() {
    termios settings{};
    if (tcgetattr(standard_input, &settings) == 0) {
        termios now = settings;
        now.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | ISIG);
        if (tcsetattr(standard_input, TCSADRAIN, &now) == 0) {
            before_ = std::make_unique<Before>(Before{settings});
        }
    }
}

KeyByKey::~KeyByKey() {
    if (before_) {
        tcsetattr(standard_input, TCSADRAIN, &before_->settings);
    }
}

}  // namespace drumgen

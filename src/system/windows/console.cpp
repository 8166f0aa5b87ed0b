#include "system/console.h"

#include <io.h>
#include <windows.h>

#include "system/file_system.h"

namespace drumgen {
namespace {

HANDLE handle_of_stream(int stream) {
    return reinterpret_cast<HANDLE>(_get_osfhandle(stream));
}

}  // namespace

bool is_terminal(int stream) {
    DWORD mode = 0;
    return GetConsoleMode(handle_of_stream(stream), &mode) != 0;
}

std::optional<int> terminal_columns(int stream) {
    CONSOLE_SCREEN_BUFFER_INFO info{};
    if (GetConsoleScreenBufferInfo(handle_of_stream(stream), &info) == 0) {
        return std::nullopt;
    }
    return info.srWindow.Right - info.srWindow.Left + 1;
}

bool can_redraw() {
    // Windows 10 obeys the sequences of other terminals when it is asked to.
    DWORD mode = 0;
    HANDLE handle = handle_of_stream(standard_error);
    return GetConsoleMode(handle, &mode) != 0 &&
           SetConsoleMode(handle, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING) != 0;
}

bool shows_utf8() {
    return GetConsoleOutputCP() == CP_UTF8;
}

struct KeyByKey::Before {
    DWORD mode = 0;
};

KeyByKey::KeyByKey() {
    DWORD mode = 0;
    HANDLE handle = handle_of_stream(standard_input);
    constexpr DWORD line_by_line = ENABLE_LINE_INPUT | ENABLE_ECHO_INPUT | ENABLE_PROCESSED_INPUT;
    if (GetConsoleMode(handle, &mode) != 0 && SetConsoleMode(handle, mode & ~line_by_line) != 0) {
        before_ = std::make_unique<Before>(Before{mode});
    }
}

KeyByKey::~KeyByKey() {
    if (before_) {
        SetConsoleMode(handle_of_stream(standard_input), before_->mode);
    }
}

}  // namespace drumgen

#include "cli/terminal.h"

#include <algorithm>

#include "cli/messages.h"
#include "system/console.h"

namespace drumgen {

int columns_of(int stream) {
    constexpr int usual = 80;
    const std::optional<int> known = terminal_columns(stream);
    return known ? std::clamp(*known, 20, 240) : usual;
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
    picture.has_unicode = shows_utf8();
    return picture;
}

}  // namespace drumgen

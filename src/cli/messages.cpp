#include "cli/messages.h"

#include "base/text.h"
#include "system/file.h"

namespace drumgen {

void tell_as_is(std::string_view text) {
    write_stderr(text);
}

void tell(std::string_view line) {
    tell_as_is(formatted("drumgen: {}\n", for_terminal(line)));
}

void tell(const std::vector<std::string>& lines) {
    for (const std::string& line : lines) {
        tell(line);
    }
}

}  // namespace drumgen

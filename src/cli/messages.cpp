#include "cli/messages.h"

#include <unistd.h>

#include "base/text.h"

namespace drumgen {

void tell_as_is(std::string_view text) {
    // Nothing can be told when this fails.
    (void)!write(STDERR_FILENO, text.data(), text.size());
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

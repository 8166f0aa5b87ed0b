#include "system/signals.h"

#include <windows.h>

#include "system/temporary_file.h"

namespace drumgen {
namespace {

/// Called in a thread of its own; FALSE lets the process end.
BOOL WINAPI remove_and_end(DWORD) {
    remove_temporary_files();
    return FALSE;
}

}  // namespace

void install_signal_handlers() {
    SetConsoleCtrlHandler(remove_and_end, TRUE);
}

// A handler has a thread of its own, and interrupts nobody.
SignalsBlocked::SignalsBlocked() = default;
SignalsBlocked::~SignalsBlocked() = default;

}  // namespace drumgen

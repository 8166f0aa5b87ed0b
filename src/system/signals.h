#pragma once

#include <array>
#include <cstddef>

namespace drumgen {

/// Removes temporary files on what asks the process to end (INT, TERM, HUP, PIPE), and lets it end
/// by that. A file that would grow beyond the system's limit fails to be written instead.
void install_signal_handlers();

/// Keeps signals away from this thread while it lives.
class SignalsBlocked {
public:
    SignalsBlocked();
    ~SignalsBlocked();
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;

private:
    alignas(8) std::array<std::byte, 128> before_{};  // what the system keeps of them
};

}  // namespace drumgen

#include "system/signals.h"

#include <csignal>
#include <cstring>

#include "system/temporary_file.h"

namespace drumgen {
namespace {

extern "C" void remove_and_die(int signal_number) {
    remove_temporary_files();
    std::signal(signal_number, SIG_DFL);
    std::raise(signal_number);
}

}  // namespace

void install_signal_handlers() {
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) {
        struct sigaction before {};
        sigaction(number, nullptr, &before);
        if (before.sa_handler == SIG_IGN) {
            continue;  // nohup, or a shell's background job
        }
        struct sigaction action {};
        action.sa_handler = remove_and_die;
        sigemptyset(&action.sa_mask);
        sigaction(number, &action, nullptr);
    }
    std::signal(SIGXFSZ, SIG_IGN);  // a write beyond the limit fails with EFBIG instead
}

SignalsBlocked::SignalsBlocked() {
    static_assert(sizeof(sigset_t) <= sizeof before_);
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    std::memcpy(before_.data(), &before, sizeof before);
}

SignalsBlocked::~SignalsBlocked() {
    sigset_t before;
    std::memcpy(&before, before_.data(), sizeof before);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace drumgen

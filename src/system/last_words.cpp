#include "system/last_words.h"

#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>

#include "base/bytes.h"
#include "system/file_system.h"
#include "system/temporary_file.h"

namespace drumgen {
namespace {

void say(std::string_view text) noexcept {
    // Whom should it tell when that fails?
    (void)file_system().write(standard_error, bytes_of(text));
}

[[noreturn]] void speak_and_end() noexcept {
    remove_temporary_files();
    say("drumgen: ");
    try {
        std::rethrow_exception(std::current_exception());
    } catch (const std::bad_alloc&) {
        say("out of memory");
    } catch (const std::exception& error) {
        say(error.what());
    } catch (...) {
        say("ends where it stands");
    }
    say("\n");
    std::_Exit(1);
}

}  // namespace

void install_last_words() noexcept {
    std::set_terminate(speak_and_end);
}

}  // namespace drumgen

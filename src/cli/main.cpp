#include <exception>
#include <new>

#include "base/error.h"
#include "cli/command_line.h"
#include "cli/messages.h"

int main(int argc, char** argv) {
    using drumgen::Status;
    Status status = Status::failed;
    try {
        status = drumgen::run_command_line({argv + (argc > 0 ? 1 : 0), argv + argc});
    } catch (const drumgen::Error& error) {
        drumgen::tell(error.problems());
        status = error.status();
    } catch (const std::bad_alloc&) {
        drumgen::tell("out of memory");
    } catch (const std::exception& error) {
        drumgen::tell(error.what());
    }
    return static_cast<int>(status);
}

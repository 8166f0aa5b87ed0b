#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace drumgen {

/// What a process of ours needs before anything else, once: memory that is kept, standard streams
/// that are open and take bytes as they are, floating point as IEEE 754 has it, and signal handlers
/// that remove temporary files.
void prepare_process();

/// The words behind the program's name, in UTF-8, whatever main() was given.
[[nodiscard]] std::vector<std::string> words_of_command_line(int argc, char** argv);

/// The number of this process.
[[nodiscard]] std::uint64_t process_number();

/// A program that runs beside this one, with no way to the user but what it does. It and what it
/// starts end when this goes.
class ChildProcess {
public:
    /// words   the program, looked for in PATH, and its words; no shell reads them
    /// file    bytes of a file that is named behind them, and gone when the program ends
    /// Throws Error (failed) when it can't be started.
    ChildProcess(std::vector<std::string> words, std::span<const std::uint8_t> file);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// How it ended, 0 when all went well; none while it runs.
    [[nodiscard]] std::optional<int> status();

private:
    std::intptr_t process_ = -1;
    std::string file_{};  ///< of the bytes, where a file needs a name
};

}  // namespace drumgen

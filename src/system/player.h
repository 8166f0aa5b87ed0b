#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "system/process.h"

namespace drumgen {

/// Plays WAV files by a program of the system. What it plays is in no folder of the user's: the
/// program gets a file that is gone when it ends.
class Player {
public:
    /// words   the program and its options; the file comes behind them
    explicit Player(std::vector<std::string> words) : words_(std::move(words)) {}

    /// The words of the first player that is installed: pw-play, paplay, aplay, play, afplay or
    /// ffplay. Empty when none is.
    [[nodiscard]] static std::vector<std::string> installed();

    /// A program that plays, and whether it is in PATH.
    struct Known {
        std::string program;
        bool is_installed;
    };
    /// All that are known, those first that are taken first.
    [[nodiscard]] static std::vector<Known> known();

    /// Begins to play, and ends what plays still. Throws Error (failed) when the program can't be
    /// started.
    void play(std::span<const std::uint8_t> wav);

    /// What went wrong with what was played last, for the user; empty while all is well.
    [[nodiscard]] std::string trouble();

private:
    std::vector<std::string> words_;
    std::optional<ChildProcess> process_;
};

}  // namespace drumgen

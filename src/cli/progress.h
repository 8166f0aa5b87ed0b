#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace drumgen {

/// How far a batch has come, on standard error; nothing unless that is a terminal that can show it.
class Progress {
public:
    /// total   sounds to come; none when nobody knows
    /// Shows nothing for a total below 2.
    explicit Progress(std::optional<std::size_t> total);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// One more sound of that length is done.
    void step(double seconds);

    /// One line on all that was done: sounds, seconds of sound, time, rates.
    [[nodiscard]] std::string summary() const;

    [[nodiscard]] bool is_shown() const noexcept { return shown_; }

    /// Takes the line away, so that another can be told; the next step shows it again.
    void erase();

private:
    using Clock = std::chrono::steady_clock;

    [[nodiscard]] double passed_s() const;

    /// "12 %, 120 of 1000, 310 a second, 155 x real time, 3 s left".
    [[nodiscard]] std::string line() const;

    std::optional<std::size_t> total_;
    std::size_t done_ = 0;
    double sound_s_ = 0;
    bool shown_ = false;
    bool is_dirty_ = false;
    Clock::time_point begin_ = Clock::now();
    Clock::time_point told_ = begin_;
};

}  // namespace drumgen

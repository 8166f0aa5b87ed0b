#pragma once

#include <optional>

#include "batch/reporter.h"
#include "cli/progress.h"
#include "measure/text_picture.h"

namespace drumgen {

/// Tells on standard error how a batch goes.
class TerminalReporter : public Reporter {
public:
    /// is_quiet   nothing but problems
    explicit TerminalReporter(bool is_quiet) : is_quiet_(is_quiet) {}

    void begin(std::optional<std::size_t> total) override;
    void note(std::string_view line) override;
    void problem(std::string_view line) override;
    void show(std::string_view text) override;
    void step(double seconds) override;
    [[nodiscard]] bool is_watched() const override { return progress_ && progress_->is_shown(); }
    void end() override;

private:
    /// Takes the progress away from where something is to be told.
    void make_room();

    bool is_quiet_;
    std::optional<Progress> progress_;
};

/// Columns of the terminal behind a stream, 20..240; 80 when it is none.
[[nodiscard]] int columns_of(int stream);

/// A picture that fits the terminal behind a stream, or 80 columns, in what its locale can show.
[[nodiscard]] TextPicture picture_for(int stream);

}  // namespace drumgen

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "batch/reporter.h"
#include "measure/text_picture.h"
#include "session/learned_proposals.h"

namespace drumgen {

/// Where somebody listens and answers.
class Listener {
public:
    virtual ~Listener() = default;

    /// Text to read, as it is.
    virtual void show(std::string_view text) = 0;

    /// Begins to play a WAV file, and ends what plays still.
    virtual void play(std::span<const std::uint8_t> wav) = 0;

    /// The key that is pressed next; none when no more will come.
    [[nodiscard]] virtual std::optional<char> key() = 0;
};

/// What is auditioned, and how.
struct AuditionRequest {
    ProposalRequest proposals;  ///< but for their count
    double amount = 0.2;        ///< how far a variation strays, 0..1
    std::string output;         ///< template of the WAVs that are kept
    TextPicture picture;        ///< how waveforms are drawn
};

/// Proposes sounds, plays and draws them, and asks for each: like, dislike, mutate, keep, next,
/// undo, again, quit. Every answer is in the store at once, and every five sounds it learns from
/// all. Ends when the listener does. Throws Error.
void audition(const AuditionRequest& request, Listener& listener, Reporter& reporter);

}  // namespace drumgen

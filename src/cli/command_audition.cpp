#include <array>
#include <memory>
#include <optional>

#include "base/choice.h"
#include "base/random.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/learned_options.h"
#include "cli/messages.h"
#include "cli/option.h"
#include "cli/sound_options.h"
#include "cli/terminal.h"
#include "param/patch_keys.h"
#include "session/audition.h"
#include "system/console.h"
#include "system/date.h"
#include "system/file.h"
#include "system/player.h"

namespace drumgen::audition_command {
namespace {

struct Typed {
    std::vector<std::string> kinds;
    std::string seed;
    std::string amount = "0.2";
    std::string player;
    std::string output = "kept-{instrument}-{index:03}.wav";
    LearnedOptions learned;
};

/// The terminal, or a pipe with a key a character, and a player.
class TerminalListener : public Listener {
public:
    /// player   its words; empty: none
    explicit TerminalListener(const std::vector<std::string>& player) {
        if (!player.empty()) {
            player_.emplace(player);
        }
    }

    void show(std::string_view text) override { write_stdout(text); }

    void play(std::span<const std::uint8_t> wav) override {
        if (player_) {
            player_->play(wav);
        }
    }

    std::optional<char> key() override {
        for (;;) {
            constexpr int patience_ms = 100;
            const bool has_key =
                file_system().wait_to_read(standard_input, player_ ? patience_ms : -1);
            tell_trouble();
            if (!has_key) {
                continue;
            }
            std::array<std::uint8_t, 1> byte{};
            const std::ptrdiff_t count = file_system().read(standard_input, byte);
            const char letter = static_cast<char>(byte[0]);
            constexpr char control_c = 3;
            constexpr char control_d = 4;
            if (count <= 0 || letter == control_c || letter == control_d) {
                return std::nullopt;
            }
            if (letter != '\n' && letter != '\r') {
                return letter;
            }
        }
    }

private:
    /// A player that fails is not asked again.
    void tell_trouble() {
        if (!player_) {
            return;
        }
        if (const std::string trouble = player_->trouble(); !trouble.empty()) {
            tell(trouble + "; sounds are only shown from here on (another one: --player COMMAND)");
            player_.reset();
        }
    }

    KeyByKey keys_;
    std::optional<Player> player_;
};

/// The words of a command, without a shell.
std::vector<std::string> words_of(const std::string& command) {
    std::vector<std::string> words;
    std::size_t at = 0;
    while ((at = command.find_first_not_of(' ', at)) != command.npos) {
        const std::size_t end = std::min(command.find(' ', at), command.size());
        words.push_back(command.substr(at, end - at));
        at = end;
    }
    return words;
}

std::vector<std::string> player_of(const std::string& typed) {
    if (typed == "none") {
        return {};
    }
    if (!typed.empty()) {
        return words_of(typed);
    }
    std::vector<std::string> words = Player::installed();
    if (words.empty()) {
        tell(
            "no player is installed (pw-play, paplay, aplay, play, afplay or ffplay), so sounds "
            "are "
            "only shown; another one: --player COMMAND");
    }
    return words;
}

/// Other sounds each time, unless one is asked for.
std::uint64_t seed_of(const std::string& typed) {
    if (!typed.empty()) {
        return whole_number_of("--seed", typed, {0, patch_keys::max_seed});
    }
    std::uint64_t seed = 0;
    for (const char letter : utc_now()) {
        seed = mix64(seed ^ static_cast<unsigned char>(letter));
    }
    return seed;
}

Status act(const Typed& typed) {
    AuditionRequest request;
    request.proposals.kinds = instruments_of("audition", typed.kinds);
    request.proposals.seed = seed_of(typed.seed);
    typed.learned.put_into(request.proposals);
    request.amount = fraction_of("--amount", typed.amount);
    request.output = typed.output;
    request.picture = picture_for(standard_output);
    TerminalReporter reporter(false);
    TerminalListener listener(player_of(typed.player));
    audition(request, listener, reporter);
    return Status::done;
}

Command::Action define(CLI::App& app, const Words&) {
    const auto typed = std::make_shared<Typed>();
    add_operand(app, "KIND", typed->kinds,
                "Instruments, as drumgen list instruments prints; of several, each in its turn");
    add_text(app, "--seed", typed->seed, "N",
             "Which sounds, 0..2^64-1 (default: others each time)");
    add_text(app, "--player", typed->player, "COMMAND",
             "What plays a WAV whose name comes behind these words, or none (default: the first "
             "that drumgen list players finds)");
    add_text(app, "--amount", typed->amount, "0..1",
             "How far a variation strays, as a part of each range (default 0.2)");
    add_text(
        app, "-o,--output", typed->output, "NAME",
        "Name of what is kept, as for drumgen render, with {index} from the first that is free "
        "(default kept-{instrument}-{index:03}.wav); never replaces a file");
    add_learned_options(app, typed->learned);
    return [typed] { return act(*typed); };
}

const Command command{
    "audition", "listen, say what you like, and hear what you may like",
    "Proposes sounds one after another, draws and plays them, and asks with a key each: like, "
    "dislike, mutate, keep, next, undo, play again, quit. Each answer is a rating like those of "
    "drumgen feedback, and later sounds are learned from them. What is kept is liked, and written "
    "as a WAV.",
    R"(drumgen audition kick
drumgen audition snare hat --ratings mine.jsonl --player none)",
    define};

}  // namespace
}  // namespace drumgen::audition_command

#include "system/player.h"

#include <array>

#include "base/text.h"
#include "system/environment.h"
#include "system/file_system.h"
#include "system/path.h"

namespace drumgen {
namespace {

/// Programs that play a WAV whose name ends anyhow, the more likely first, each with its options.
const std::array<std::vector<std::string>, 6>& known_players() {
    static const std::array<std::vector<std::string>, 6> players{{
        {"pw-play"},
        {"paplay"},
        {"aplay", "-q"},
        {"play", "-q", "-t", "wav"},
        {"afplay"},
        {"ffplay", "-nodisp", "-autoexit", "-loglevel", "error"},
    }};
    return players;
}

/// Is a program of that name in PATH?
bool is_installed(const std::string& program) {
    for (const std::string& folder : paths_in(environment_variable("PATH").value_or(""))) {
        if (file_system().may_execute((folder.empty() ? "." : folder) + "/" + program)) {
            return true;
        }
    }
    return false;
}

}  // namespace

std::vector<Player::Known> Player::known() {
    std::vector<Known> all;
    for (const std::vector<std::string>& words : known_players()) {
        all.push_back({words.front(), is_installed(words.front())});
    }
    return all;
}

std::vector<std::string> Player::installed() {
    for (const std::vector<std::string>& words : known_players()) {
        if (is_installed(words.front())) {
            return words;
        }
    }
    return {};
}

void Player::play(std::span<const std::uint8_t> wav) {
    process_.reset();
    process_.emplace(words_, wav);
}

std::string Player::trouble() {
    const std::optional<int> status = process_ ? process_->status() : std::nullopt;
    if (!status) {
        return "";
    }
    process_.reset();
    return *status == 0 ? ""
                        : formatted("{} could not play it, status {}", words_.front(), *status);
}

}  // namespace drumgen

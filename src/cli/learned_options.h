#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "session/learned_proposals.h"

namespace CLI {
class App;
}

namespace drumgen {

/// The options that say how proposals learn, as they are typed.
struct LearnedOptions {
    std::string ratings;
    std::string explore;
    std::string like;
    std::vector<std::string> lock;
    std::vector<std::string> only;
    bool preset_prior = false;

    /// Throws Error (invalid).
    void put_into(ProposalRequest& request) const;

    /// The name of one that is given; empty when none is.
    [[nodiscard]] std::string_view first_given() const;
};

void add_learned_options(CLI::App& app, LearnedOptions& options);

/// The instruments of these names, at least one. Throws Error (invalid).
[[nodiscard]] std::vector<const Instrument*> instruments_of(std::string_view command,
                                                            const std::vector<std::string>& names);

}  // namespace drumgen

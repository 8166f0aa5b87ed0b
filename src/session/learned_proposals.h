#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "batch/reporter.h"
#include "drumgen/patch.h"
#include "explore/learned.h"
#include "explore/mutate.h"

namespace drumgen {

/// What is asked of the taste that a store of ratings tells.
struct ProposalRequest {
    std::vector<const Instrument*> kinds;  ///< at least one; of several, each in its turn
    std::size_t count = 1;                 ///< 1..most_learned
    std::uint64_t seed = 0;
    double explore = 0.33;          ///< share that is drawn from anywhere
    std::string store;              ///< file of the ratings
    std::string like;               ///< a patch that counts as liked, and to keep near to, or none
    std::vector<std::string> lock;  ///< "KEY=VALUE", or "KEY" for what `like` has
    std::vector<std::string> only;  ///< the only macros that are drawn; empty: all
    bool preset_prior = false;      ///< draws from round the presets instead of anywhere
};

/// What the request leaves free. Throws Error (invalid).
[[nodiscard]] Freedom freedom_of(const Instrument& instrument, const ProposalRequest& request);

/// Patches that whoever rated may like, with their indexes. Says so when there is nothing to learn
/// from. Throws Error (invalid).
[[nodiscard]] std::vector<LearnedPatch> learned_proposals(const ProposalRequest& request,
                                                          Reporter& reporter);

/// How a patch is varied by taste.
struct MutationRequest {
    Patch patch;
    double amount = 0.2;  ///< 0..1
    Freedom freedom;
    std::uint64_t seed = 0;
    std::uint64_t count = 1;
    std::string store;  ///< file of the ratings
};

/// Of many variations for each that is asked for the one that is expected to be liked most. Throws
/// Error (invalid).
[[nodiscard]] std::vector<LearnedPatch> learned_mutations(const MutationRequest& request,
                                                          Reporter& reporter);

/// JSON Lines, each with the score of its patch and how far that may be off.
[[nodiscard]] std::string lines_of(std::span<const LearnedPatch> patches);

}  // namespace drumgen

#include "session/learned_proposals.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.h"
#include "drumgen/error.h"
#include "drumgen/patch_json.h"
#include "explore/locks.h"
#include "explore/row_patterns.h"
#include "explore/taste.h"
#include "input/patch_arguments.h"
#include "input/preset.h"
#include "session/rating_store.h"

namespace drumgen {
namespace {

/// The newest ratings of an instrument, and a word on those that are of no use.
std::vector<Rating> ratings_for(const Instrument& instrument, const std::string& store,
                                Reporter& reporter) {
    Ratings read = read_newest_ratings(store, instrument, most_labels);
    for (const std::string& problem : skipped_lines(read)) {
        reporter.problem(problem);
    }
    if (read.ratings.empty()) {
        reporter.note(
            formatted("no {} is rated in {} yet, so nothing is learned", instrument.name, store));
    }
    return std::move(read.ratings);
}

std::vector<Label> labels_of(const std::vector<Rating>& ratings) {
    std::vector<Label> labels;
    for (const Rating& rating : ratings) {
        labels.push_back({&rating.patch, rating.is_liked});
    }
    return labels;
}

/// Where the presets of the space's instrument lie.
std::vector<std::vector<double>> preset_places(const TasteSpace& space) {
    std::vector<std::vector<double>> places;
    for (const std::string& name : preset_names()) {
        if (!name.starts_with(std::string(space.instrument().name) + "/")) {
            continue;
        }
        if (const std::optional<Patch> preset = find_preset(name)) {
            places.push_back(space.place_of(*preset));
        }
    }
    return places;
}

std::vector<LearnedPatch> proposals_of(const Instrument& instrument, std::size_t count,
                                       const ProposalRequest& request, Reporter& reporter) {
    std::optional<Patch> like;
    if (!request.like.empty()) {
        std::vector<std::string> notes;
        like = take_one_patch({request.like}, "--like", notes);
        for (const std::string& note : notes) {
            reporter.note(note);
        }
        if (like->instrument != &instrument) {
            throw Error(Status::invalid,
                        formatted("--like {} is a {}, not a {}", in_quotes(request.like),
                                  like->instrument->name, instrument.name));
        }
    }
    const TasteSpace space(locked_base(instrument, like, request.lock),
                           freedom_of(instrument, request));
    const std::vector<Rating> ratings = ratings_for(instrument, request.store, reporter);
    std::vector<Label> labels = labels_of(ratings);
    LearnedWish wish{count, request.seed, request.explore, {}};
    if (like) {
        labels.push_back({&*like, true});
        wish.starts.push_back(space.place_of(*like));
    } else if (request.preset_prior) {
        wish.starts = preset_places(space);
    }
    return learned_patches(space, Taste(space, labels), wish);
}

}  // namespace

Freedom freedom_of(const Instrument& instrument, const ProposalRequest& request) {
    return freedom_of(instrument, moving_rows(empty_patch(instrument)), request.only,
                      locked_keys(request.lock));
}

std::string lines_of(std::span<const LearnedPatch> patches) {
    std::string lines;
    for (const LearnedPatch& learned : patches) {
        lines += patch_to_json(learned.patch, told_of(learned, learned.patch.index)) + "\n";
    }
    return lines;
}

std::vector<LearnedPatch> learned_proposals(const ProposalRequest& request, Reporter& reporter) {
    const std::size_t kinds = request.kinds.size();
    std::vector<std::vector<LearnedPatch>> proposals;
    for (std::size_t kind = 0; kind < kinds; ++kind) {
        const std::size_t count = (request.count + kinds - 1 - kind) / kinds;
        proposals.push_back(count == 0
                                ? std::vector<LearnedPatch>()
                                : proposals_of(*request.kinds[kind], count, request, reporter));
    }
    std::vector<LearnedPatch> patches;
    for (std::size_t index = 0; index < request.count; ++index) {
        patches.push_back(std::move(proposals[index % kinds][index / kinds]));
        patches.back().patch.index = index;
    }
    return patches;
}

std::vector<LearnedPatch> learned_mutations(const MutationRequest& request, Reporter& reporter) {
    constexpr std::uint64_t tries = 50;
    const TasteSpace space(request.patch, request.freedom);
    const std::vector<Rating> ratings =
        ratings_for(*request.patch.instrument, request.store, reporter);
    const Taste taste(space, labels_of(ratings));
    std::vector<LearnedPatch> variations;
    for (std::uint64_t index = 0; index < request.count; ++index) {
        std::vector<Patch> drawn;
        Places places(space.dimensions());
        for (std::uint64_t attempt = 0; attempt < tries; ++attempt) {
            drawn.push_back(mutated(request.patch, request.amount, request.freedom, request.seed,
                                    index * tries + attempt));
            places.add(space.place_of(drawn.back()), {drawn.back().seed});
        }
        const std::vector<double> worths = taste.worths(places);
        const auto best = static_cast<std::size_t>(std::max_element(worths.begin(), worths.end()) -
                                                   worths.begin());
        const double deviation = taste.deviations(places, std::array{best}).front();
        Patch& variation = drawn[best];
        variation.index.reset();
        variations.push_back({std::move(variation), taste.opinion(worths[best], deviation)});
    }
    return variations;
}

}  // namespace drumgen

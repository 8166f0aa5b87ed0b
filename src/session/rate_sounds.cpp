#include "session/rate_sounds.h"

#include <set>

#include "base/parallel.h"
#include "drumgen/error.h"
#include "drumgen/render.h"
#include "input/patch_arguments.h"
#include "measure/features_json.h"
#include "session/rating_store.h"
#include "system/date.h"
#include "system/output_registry.h"

namespace drumgen {
namespace {

/// Renders and measures the sound of each, with all processors.
void measure(std::vector<Rating>& ratings) {
    parallel_for(ratings.size(), processor_count(), [&ratings](std::size_t at, unsigned) {
        Rating& rating = ratings[at];
        rating.features_json = features_json(measure_features(render(resolve(rating.patch))));
        rating.features_version = features_version;
    });
}

}  // namespace

std::size_t rate_sounds(const RatingRequest& request, Reporter& reporter) {
    if (request.words.empty()) {
        throw Error(Status::invalid,
                    "of which patches? Name files, presets, or - for standard input");
    }
    PatchArguments arguments;
    arguments.words = request.words;
    const GivenPatches given = take_patches(arguments);
    for (const std::string& note : given.notes) {
        reporter.note(note);
    }
    OutputRegistry registry;
    for (const std::string& file : given.files) {
        registry.reads(file);
    }
    registry.plan({"--ratings", request.store});
    registry.check();
    std::vector<Rating> ratings;
    for (const GivenPatch& one : given.patches) {
        ratings.push_back({utc_now(), one.patch, request.is_liked, "", features_version});
    }
    measure(ratings);
    append_ratings(request.store, ratings);
    return ratings.size();
}

ImportedRatings import_ratings(const std::string& file, const std::string& store,
                               Reporter& reporter) {
    OutputRegistry registry;
    registry.reads(file);
    registry.plan({"--ratings", store});
    registry.check();
    LineReader reader(file);
    const Ratings read = read_ratings(reader);
    if (!read.problems.empty()) {
        throw Error(Status::invalid, read.problems);
    }
    if (read.ratings.empty()) {
        throw Error(Status::invalid, reader.place() + " holds no ratings");
    }
    for (const std::string& note : adapted_ratings(read)) {
        reporter.note(note);
    }
    std::set<std::string> known;
    for (const Rating& rating : read_ratings(store).ratings) {
        known.insert(rating_json(rating));
    }
    ImportedRatings done;
    std::vector<Rating> added;
    for (const Rating& rating : read.ratings) {
        if (!known.insert(rating_json(rating)).second) {
            ++done.known;
            continue;
        }
        ++(rating.is_liked ? done.liked : done.disliked);
        added.push_back(rating);
        if (rating.time.empty()) {
            added.back().time = utc_now();
        }
    }
    measure(added);
    append_ratings(store, added);
    return done;
}

}  // namespace drumgen

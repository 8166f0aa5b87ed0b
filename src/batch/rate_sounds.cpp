#include "batch/rate_sounds.h"

#include "base/date.h"
#include "base/error.h"
#include "batch/patch_arguments.h"
#include "drumgen/render.h"
#include "io/output_registry.h"
#include "io/ratings.h"
#include "measure/features_json.h"

namespace drumgen {

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
    for (const auto& [patch, wav] : given.patches) {
        ratings.push_back({utc_now(), patch, request.is_liked,
                           features_json(measure_features(render(resolve(patch)))),
                           features_version});
    }
    append_ratings(request.store, ratings);
    return ratings.size();
}

}  // namespace drumgen

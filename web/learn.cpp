#include <emscripten/emscripten.h>

#include <optional>
#include <utility>

#include "answer.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "document/ratings.h"
#include "drumgen/error.h"
#include "drumgen/instrument.h"
#include "drumgen/patch_json.h"
#include "engine.h"
#include "explore/learned.h"
#include "explore/locks.h"
#include "explore/row_patterns.h"

namespace drumgen {
namespace {

constexpr const char* ratings_place = "ratings";

Answer learned(const Instrument& instrument, const LearnedWish& wish,
               const std::vector<std::string>& locks, const std::string& said) {
    const Ratings read =
        newest_ratings(numbered_lines(said), ratings_place, instrument, most_labels);
    std::vector<Label> labels;
    for (const Rating& rating : read.ratings) {
        labels.push_back({&rating.patch, rating.is_liked});
    }
    const Freedom freedom =
        freedom_of(instrument, moving_rows(empty_patch(instrument)), {}, locked_keys(locks));
    const TasteSpace space(locked_base(instrument, std::nullopt, locks), freedom);
    Answer lines;
    std::uint64_t index = 0;
    for (const LearnedPatch& one : learned_patches(space, Taste(space, labels), wish)) {
        lines.text += patch_to_json(one.patch, told_of(one, index++)) + "\n";
    }
    return lines;
}

Answer ratings_in(const std::string& text) {
    Ratings read;
    for (const NumberedLine& line : numbered_lines(text)) {
        read_rating(line.text, formatted("{}:{}", ratings_place, line.number), read);
    }
    JsonWriter writer;
    writer.begin_object().key("ratings").begin_list();
    for (const Rating& rating : read.ratings) {
        writer.begin_object()
            .member("time", rating.time)
            .member("is_liked", rating.is_liked)
            .member("patch", patch_to_json(rating.patch))
            .member("line", rating_json(rating))
            .end();
    }
    writer.end().list("problems", first_problems(std::move(read.problems)));
    return {writer.end().text()};
}

}  // namespace
}  // namespace drumgen

extern "C" {

using namespace drumgen;  // NOLINT(google-build-using-namespace)

EMSCRIPTEN_KEEPALIVE int drumgen_learned(const char* instrument, int count, const char* seed,
                                         double explore, const char* locks, const char* ratings) {
    return answered([&] {
        const auto most = static_cast<int>(most_learned);
        if (count < 1 || count > most) {
            throw Error(Status::invalid, formatted("count {} is not from 1 to {}", count, most));
        }
        check_fraction("explore", explore);
        const LearnedWish wish{static_cast<std::size_t>(count), seed_of(seed), explore, {}};
        return learned(find_instrument(instrument), wish, words_in(locks), ratings);
    });
}

EMSCRIPTEN_KEEPALIVE int drumgen_ratings(const char* text) {
    return answered([&] { return ratings_in(text); });
}
}

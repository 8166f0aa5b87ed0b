#include "document/ratings_stats.h"

#include <cstddef>
#include <string_view>

#include "base/json_writer.h"
#include "base/text.h"

namespace drumgen {
namespace {

struct Count {
    std::string_view instrument;
    std::size_t liked = 0;
    std::size_t disliked = 0;
};

std::vector<Count> counts_of(const std::vector<Rating>& ratings) {
    std::vector<Count> counts;
    for (const Instrument* instrument : instruments()) {
        Count& count = counts.emplace_back();
        count.instrument = instrument->name;
        for (const Rating& rating : ratings) {
            if (rating.patch.instrument == instrument) {
                ++(rating.is_liked ? count.liked : count.disliked);
            }
        }
    }
    return counts;
}

}  // namespace

std::string ratings_stats_text(const std::vector<Rating>& ratings) {
    std::string text;
    for (const Count& count : counts_of(ratings)) {
        text +=
            formatted("{}: {} liked, {} disliked\n", count.instrument, count.liked, count.disliked);
    }
    return text;
}

std::string ratings_stats_json(const std::vector<Rating>& ratings) {
    std::string lines;
    for (const Count& count : counts_of(ratings)) {
        JsonWriter writer;
        lines += writer.begin_object()
                     .member("instrument", count.instrument)
                     .member("liked", count.liked)
                     .member("disliked", count.disliked)
                     .end()
                     .line();
    }
    return lines;
}

}  // namespace drumgen

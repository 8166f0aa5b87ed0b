#include "match/hit_line.h"

#include "base/math.h"
#include "match/recognise.h"

namespace drumgen {
namespace {

double to_thousandth(double x) {
    return math::nearest(x, 1000);
}

}  // namespace

void write_hit(JsonWriter& writer, const Recording& recording, std::size_t hit) {
    const Hit& one = recording.hits[hit];
    const HitTable table = table_of_hit(recording.sound, one);
    const auto kinds = recording.hits.size() > 1
                           ? instruments_in_loop(table_in_loop(recording.sound, one, table))
                           : instruments_like(table);
    writer.member("hit", hit + 1)
        .member("at_s", to_thousandth(one.at_s))
        .member("length_s", to_thousandth(one.length_s))
        .member("peak_db", to_thousandth(one.peak_db))
        .member("instrument", kinds.front()->name);
}

}  // namespace drumgen

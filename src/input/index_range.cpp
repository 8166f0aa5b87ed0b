#include "input/index_range.h"

#include "base/text.h"
#include "drumgen/error.h"
#include "param/patch_keys.h"

namespace drumgen {
namespace {

[[noreturn]] void refuse_range(const std::string& problem) {
    throw Error(Status::invalid, "propose: " + problem);
}

}  // namespace

IndexRange range_from_text(const std::string& text) {
    const std::size_t colon = text.find(':');
    if (colon == text.npos) {
        refuse_range(formatted("--range {} is not FIRST:LAST, such as 0:1000", in_quotes(text)));
    }
    const auto index = [&text](const std::string& number) {
        return whole_number_of(formatted("--range {}:", in_quotes(text)), number,
                               {0, patch_keys::max_index});
    };
    const IndexRange range{index(text.substr(0, colon)), index(text.substr(colon + 1))};
    if (range.first > range.last) {
        refuse_range(formatted("--range {} ends before it begins", in_quotes(text)));
    }
    return range;
}

IndexRange part_from_text(const IndexRange& range, const std::string& text) {
    const std::size_t slash = text.find('/');
    if (slash == text.npos) {
        refuse_range(
            formatted("--shard {} is not K/N, such as 0/4 for the first of four", in_quotes(text)));
    }
    constexpr std::uint64_t most_parts = 1 << 20;
    const std::string place = formatted("--shard {}:", in_quotes(text));
    const std::uint64_t parts = whole_number_of(place, text.substr(slash + 1), {1, most_parts});
    const std::uint64_t part = whole_number_of(place, text.substr(0, slash), {0, parts - 1});
    const std::uint64_t size = range.last - range.first;
    // size * part can be beyond 64 bits.
    const auto before = [&](std::uint64_t count) {
        return range.first + size / parts * count + size % parts * count / parts;
    };
    return {before(part), before(part + 1)};
}

}  // namespace drumgen

#include "cli/sound_options.h"

#include <algorithm>

#include "base/choice.h"
#include "base/parallel.h"
#include "base/text.h"
#include "cli/option.h"
#include "session/rating_store.h"

namespace drumgen {

SampleFormat sample_format_of(const std::string& bits) {
    return chosen("--bits", bits, sample_format_choices);
}

unsigned threads_of(const std::string& jobs) {
    constexpr unsigned most = 256;
    if (jobs.empty()) {
        return std::min(processor_count(), most);
    }
    return static_cast<unsigned>(whole_number_of("-j", jobs, {1, most}));
}

double fraction_of(const std::string& place, const std::string& text) {
    const std::optional<double> number = number_from_text(text);
    if (!number || *number < 0 || *number > 1) {
        throw Error(Status::invalid,
                    formatted("{} {} is not a number from 0 to 1", place, in_quotes(text)));
    }
    return *number;
}

void add_ratings(CLI::App& app, std::string& path) {
    add_file(app, "--ratings", path,
             "The store (default DRUMGEN_RATINGS, or drumgen/ratings.jsonl in XDG_DATA_HOME or "
             "~/.local/share)");
}

std::string store_of(const std::string& path) {
    return path.empty() ? ratings_path() : path;
}

}  // namespace drumgen

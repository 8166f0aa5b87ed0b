#include "cli/sound_options.h"

#include <algorithm>
#include <thread>

#include "base/choice.h"
#include "base/text.h"
#include "cli/option.h"

namespace drumgen {

SampleFormat sample_format_of(const std::string& bits) {
    return chosen("--bits", bits, sample_format_choices);
}

unsigned threads_of(const std::string& jobs) {
    constexpr unsigned most = 256;
    if (jobs.empty()) {
        return std::clamp(std::thread::hardware_concurrency(), 1U, most);
    }
    return static_cast<unsigned>(whole_number_of("-j", jobs, {1, most}));
}

}  // namespace drumgen

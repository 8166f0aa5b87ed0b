#include "cli/sound_options.h"

#include <algorithm>
#include <thread>

#include "base/error.h"
#include "base/text.h"
#include "cli/option.h"

namespace drumgen {

SampleFormat sample_format_of(const std::string& bits) {
    if (bits == "16") {
        return SampleFormat::int16;
    }
    if (bits == "24") {
        return SampleFormat::int24;
    }
    if (bits == "32f") {
        return SampleFormat::float32;
    }
    throw Error(Status::invalid,
                fmt::format("--bits {} is not 16, 24 or 32f (float)", in_quotes(bits)));
}

unsigned threads_of(const std::string& jobs) {
    constexpr unsigned most = 256;
    if (jobs.empty()) {
        return std::clamp(std::thread::hardware_concurrency(), 1U, most);
    }
    return static_cast<unsigned>(whole_number_of("-j", jobs, {1, most}));
}

}  // namespace drumgen

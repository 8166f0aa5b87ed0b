#include "cli/verify.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "cli/patch_arguments.h"
#include "cli/patch_wav.h"
#include "io/file.h"
#include "io/patch_json.h"
#include "io/report_json.h"

namespace drumgen {
namespace {

struct Comparison {
    std::string difference;  ///< empty: the same
    std::optional<std::size_t> first_frame{};
};

/// The first place where two sequences of bytes differ, in frames; none when one starts the other.
std::optional<std::size_t> first_difference(const StoredSamples& left, const StoredSamples& right) {
    const std::vector<std::uint8_t> a = canonical_bytes(left);
    const std::vector<std::uint8_t> b = canonical_bytes(right);
    const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (in_a == a.end() || in_b == b.end()) {
        return std::nullopt;
    }
    const std::size_t frames = std::max(left.integers.size(), left.floats.size());
    return static_cast<std::size_t>(in_a - a.begin()) / (a.size() / frames);
}

Comparison compare(const WavFile& file, const std::string& place) {
    PatchReading reading;
    reading.place = place;
    const Patch patch = patch_from_json(patch_of(file, place), reading);
    if (patch.version != sound_version) {
        return {"made with sound version " + std::to_string(patch.version) + ", this is " +
                std::to_string(sound_version)};
    }
    const Resolved resolved = resolve(patch);
    const Sound sound = render(resolved);
    const auto rate_hz = static_cast<std::uint32_t>(sound.sample_rate_hz);
    if (file.rate_hz != rate_hz) {
        return {std::to_string(file.rate_hz) + " Hz, not " + std::to_string(rate_hz)};
    }
    const StoredSamples again = quantise(sound.samples, file.samples.format);
    if (const auto frame = first_difference(file.samples, again)) {
        return {"from frame " + std::to_string(*frame), frame};
    }
    const std::size_t frames = std::max(file.samples.integers.size(), file.samples.floats.size());
    if (frames != sound.samples.size()) {
        return {std::to_string(frames) + " frames, not " + std::to_string(sound.samples.size())};
    }
    return {};
}

std::string line_of(const std::string& file, const Comparison& comparison, bool json) {
    const bool same = comparison.difference.empty();
    if (!json) {
        return file + ": " + (same ? "same" : "different (" + comparison.difference + ")") + "\n";
    }
    return "{\"path\": " + json_quoted(file) + ", \"same\": " + (same ? "true" : "false") +
           ", \"first_different_frame\": " +
           (comparison.first_frame ? std::to_string(*comparison.first_frame) : "null") +
           ", \"difference\": " + (same ? "null" : json_quoted(comparison.difference)) + "}\n";
}

}  // namespace

Status verify_files(const std::vector<std::string>& files, bool json) {
    if (files.empty()) {
        throw Error(Status::invalid, "--verify needs the names of WAV files");
    }
    Status status = Status::done;
    Status worst = Status::done;
    std::vector<std::string> problems;
    for (const std::string& file : files) {
        try {
            const std::string place = file == "-" ? "standard input" : file;
            const WavFile wav = decode_wav(read_file(file, max_input_bytes), place);
            const Comparison comparison = compare(wav, place);
            status = comparison.difference.empty() ? status : Status::different;
            write_stdout(line_of(file, comparison, json));
        } catch (const Error& error) {
            problems.insert(problems.end(), error.problems().begin(), error.problems().end());
            worst = std::max(worst, error.status());
        }
    }
    if (!problems.empty()) {
        throw Error(worst, problems);
    }
    return status;
}

}  // namespace drumgen

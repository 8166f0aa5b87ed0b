#include "batch/verify.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "base/json_writer.h"
#include "base/text.h"
#include "batch/patch_arguments.h"
#include "drumgen/patch_json.h"
#include "io/file.h"
#include "io/read_kit.h"
#include "io/report_json.h"
#include "io/sha256.h"
#include "io/sound_file.h"

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

Comparison compare(const WavFile& file, const Patch& patch) {
    if (patch.version != sound_version) {
        return {formatted("made with sound version {}, this is {}", patch.version, sound_version)};
    }
    const Resolved resolved = resolve(patch);
    const Sound sound = render(resolved);
    const auto rate_hz = static_cast<std::uint32_t>(sound.sample_rate_hz);
    if (file.rate_hz != rate_hz) {
        return {formatted("{} Hz, not {}", file.rate_hz, rate_hz)};
    }
    const StoredSamples again = quantise(sound.samples, file.samples.format);
    if (const auto frame = first_difference(file.samples, again)) {
        return {formatted("from frame {}", *frame), frame};
    }
    const std::size_t frames = std::max(file.samples.integers.size(), file.samples.floats.size());
    if (frames != sound.samples.size()) {
        return {formatted("{} frames, not {}", frames, sound.samples.size())};
    }
    return {};
}

std::string line_of(const std::string& file, const Comparison& comparison, bool json) {
    const bool same = comparison.difference.empty();
    if (!json) {
        return same ? formatted("{}: same\n", file)
                    : formatted("{}: different ({})\n", file, comparison.difference);
    }
    JsonWriter writer;
    writer.begin_object()
        .member("path", file)
        .member("same", same)
        .member("first_different_frame", comparison.first_frame)
        .key("difference")
        .text_or_null(comparison.difference);
    return writer.end().line();
}

/// One WAV that is compared.
struct Item {
    std::string path;  ///< for a reader
    std::vector<std::uint8_t> bytes;
    std::string sha256{};  ///< that a kit lists for its samples; empty: nobody does
};

/// A WAV, or all those of a kit.
std::vector<Item> items_of(const std::string& word) {
    std::vector<Item> items;
    const auto add_all = [&](std::vector<KitWav> wavs) {
        for (KitWav& wav : wavs) {
            items.push_back({path_below(word, wav.path), std::move(wav.bytes), wav.sha256});
        }
    };
    if (std::error_code ignored; std::filesystem::is_directory(word, ignored)) {
        add_all(wavs_of_folder(word));
        return items;
    }
    std::vector<std::uint8_t> bytes =
        read_file(word, is_archive_name(word) ? max_archive_bytes : max_input_bytes);
    if (is_zip(bytes)) {
        add_all(wavs_of(ZipReader(std::move(bytes), word), word));
    } else {
        items.push_back({word, std::move(bytes)});
    }
    return items;
}

Comparison compare(const Item& item) {
    const std::string place = item.path == "-" ? "standard input" : item.path;
    const WavFile wav = decode_sound(item.bytes, place);
    PatchReading reading;
    reading.place = place;
    const std::string patch_json = wav.tags.patch_json.empty()
                                       ? carried_patch(item.bytes, place).patch_json  // tells why
                                       : wav.tags.patch_json;
    const Patch patch = patch_from_json(patch_json, reading);
    Comparison comparison = compare(wav, patch);
    if (comparison.difference.empty() && !item.sha256.empty() &&
        item.sha256 != sha256_hex(canonical_bytes(wav.samples))) {
        comparison.difference = "kit_info.json lists another hash";
    }
    return comparison;
}

}  // namespace

std::string comment_note(std::span<const std::uint8_t> bytes, const std::string& place,
                         const Patch& patch) {
    std::string found;
    try {
        const Comparison comparison = compare(decode_sound(bytes, place), patch);
        found = comparison.difference.empty()
                    ? "its samples are those of the patch"
                    : "its samples are not those of the patch: " + comparison.difference;
    } catch (const Error&) {
        found = "its samples can't be compared with those of the patch";
    }
    return message(place, "",
                   "a program that wrote it again has left only the comment of the patch, which is "
                   "taken; " +
                       found);
}

Status verify_files(const std::vector<std::string>& files, bool json) {
    if (files.empty()) {
        throw Error(Status::invalid, "--verify needs the names of sound files or kits");
    }
    Status status = Status::done;
    Status worst = Status::done;
    std::vector<std::string> problems;
    const auto guarded = [&](const auto& act) {
        try {
            act();
        } catch (const Error& error) {
            problems.insert(problems.end(), error.problems().begin(), error.problems().end());
            worst = std::max(worst, error.status());
        }
    };
    for (const std::string& file : files) {
        guarded([&] {
            for (const Item& item : items_of(file)) {
                guarded([&] {
                    const Comparison comparison = compare(item);
                    status = comparison.difference.empty() ? status : Status::different;
                    write_stdout(line_of(item.path, comparison, json));
                });
            }
        });
    }
    if (!problems.empty()) {
        throw Error(worst, problems);
    }
    return status;
}

}  // namespace drumgen

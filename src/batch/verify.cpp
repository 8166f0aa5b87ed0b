#include "batch/verify.h"

#include <cstdint>
#include <utility>

#include "archive/sha256.h"
#include "base/json_writer.h"
#include "base/problems.h"
#include "base/text.h"
#include "document/report_json.h"
#include "drumgen/patch_json.h"
#include "input/comparison.h"
#include "input/patch_arguments.h"
#include "input/read_kit.h"
#include "sound_file/sound_file.h"
#include "system/file.h"
#include "system/path.h"

namespace drumgen {
namespace {

std::string line_of(const std::string& file, const Comparison& comparison, bool json) {
    const bool same = comparison.difference.empty();
    if (!json) {
        const std::string name = for_terminal(file);
        return same ? formatted("{}: same\n", name)
                    : formatted("{}: different ({})\n", name, comparison.difference);
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
    if (is_folder(word)) {
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
    Comparison comparison = compare_with_patch(wav, patch);
    if (comparison.difference.empty() && !item.sha256.empty() &&
        item.sha256 != sha256_hex(canonical_bytes(wav.samples))) {
        comparison.difference = "kit_info.json lists another hash";
    }
    return comparison;
}

}  // namespace

Status verify_files(const std::vector<std::string>& files, bool json) {
    if (files.empty()) {
        throw Error(Status::invalid, "--verify needs the names of sound files or kits");
    }
    Status status = Status::done;
    Problems problems;
    for (const std::string& file : files) {
        problems.guarded([&] {
            for (const Item& item : items_of(file)) {
                problems.guarded([&] {
                    const Comparison comparison = compare(item);
                    status = comparison.difference.empty() ? status : Status::different;
                    write_stdout(line_of(item.path, comparison, json));
                });
            }
        });
    }
    problems.check();
    return status;
}

}  // namespace drumgen

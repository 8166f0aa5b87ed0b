// Golden files: for each case a patch, the SHA-256 of its samples, and a small table of features.
//   golden DIR           compares every case of every instrument; a missing file fails
//   golden DIR --bless   rewrites them and tells the largest change
// The cases are the presets and a few proposals of each instrument.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "archive/sha256.h"
#include "document/builtin_presets.h"
#include "drumgen/patch_json.h"
#include "drumgen/render.h"
#include "explore/sampler.h"
#include "measure/features.h"
#include "sound_file/wav.h"

using namespace drumgen;
using Json = nlohmann::ordered_json;

namespace {

constexpr int proposals_per_instrument = 14;

/// How far a feature may lie from the golden one before the sound counts as another: relative.
constexpr double feature_tolerance = 0.02;

std::map<std::string, Patch> cases() {
    std::map<std::string, Patch> all;
    for (const Preset& preset : builtin_presets()) {
        std::string name = preset.name;
        std::replace(name.begin(), name.end(), '/', '-');
        all.emplace(name, patch_of_preset(preset.name, preset.json, preset.name));
    }
    for (const Instrument* instrument : instruments()) {
        for (int index = 0; index < proposals_per_instrument; ++index) {
            const std::string name =
                std::string(instrument->name) + "-proposal-" + std::to_string(index);
            all.emplace(name, propose_uniform(*instrument, 1, static_cast<std::uint64_t>(index)));
        }
    }
    return all;
}

Json golden_of(const Patch& patch) {
    const Sound sound = render(resolve(patch));
    const Features features = measure_features(sound);
    Json golden;
    golden["patch"] = Json::parse(patch_to_json(patch));
    golden["sha256"] =
        sha256_hex(canonical_bytes(quantise(Interleaved(sound).frames(), SampleFormat::float32)));
    golden["frames"] = sound.frames();
    golden["channels"] = sound.channels();
    for (const FeatureRow& row : feature_rows()) {
        // Seven digits: enough for the tolerance, and the same text from every machine.
        char text[32];
        std::snprintf(text, sizeof text, "%.7g", features.*row.field);
        golden["features"][std::string(row.id)] = std::stod(text);
    }
    return golden;
}

/// Describes how far a render is from its golden; empty when they agree.
std::string difference(const Json& golden, const Json& now) {
    std::string text;
    if (golden.value("sha256", "") == now["sha256"]) {
        return text;
    }
    text = "samples differ";
    for (const auto& [name, value] : now["features"].items()) {
        const double before = golden["features"].value(name, std::nan(""));
        const double after = value.get<double>();
        const double scale = std::max(std::abs(before), 1e-6);
        if (!(std::abs(after - before) <= feature_tolerance * scale)) {
            text += "; " + name + " " + std::to_string(before) + " -> " + std::to_string(after);
        }
    }
    return text;
}

int run(int argc, char** argv) {
    if (argc < 2 || argc > 3 || (argc == 3 && std::strcmp(argv[2], "--bless") != 0)) {
        std::fprintf(stderr, "usage: golden DIR [--bless]\n");
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    const bool bless = argc == 3;
    int passed = 0;
    int failed = 0;
    double largest_db = 0;
    const std::map<std::string, Patch> all = cases();
    for (const auto& [name, patch] : all) {
        const Json now = golden_of(patch);
        const std::filesystem::path path = folder / (name + ".json");
        std::ifstream file(path);
        const std::string before((std::istreambuf_iterator<char>(file)), {});
        const Json golden = before.empty() ? Json::object() : Json::parse(before);
        std::string problem = before.empty() ? "no golden file" : difference(golden, now);
        if (problem.empty() && golden["patch"] != now["patch"]) {
            problem = "the patch is another";
        }
        if (bless) {
            if (!before.empty() && !problem.empty()) {
                const double ratio =
                    now["features"].value("rms", 0.0) / golden["features"].value("rms", 1.0);
                largest_db = std::max(largest_db, std::abs(20 * std::log10(ratio)));
                std::printf("%s: %s\n", name.c_str(), problem.c_str());
            }
            if (!problem.empty()) {
                std::ofstream(path) << now.dump(2) << '\n';
            }
            ++passed;
        } else if (problem.empty()) {
            ++passed;
        } else {
            std::printf("%s: %s (./dev golden --bless takes it as it is)\n", name.c_str(),
                        problem.c_str());
            ++failed;
        }
    }
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (all.count(entry.path().stem().string()) == 0) {
            if (bless) {
                std::filesystem::remove(entry.path());
            } else {
                std::printf("%s: no case of this name\n", entry.path().filename().c_str());
                ++failed;
            }
        }
    }
    if (bless) {
        std::printf("%d cases written; largest change of level %.3f dB\n", passed, largest_db);
        return 0;
    }
    std::printf("%d passed, %d failed\n", passed, failed);
    return failed == 0 ? 0 : 3;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "golden: %s\n", error.what());
        return 1;
    }
}

// Times rendering as seconds of sound per second of CPU ("x"), compute alone.
//   drumgen-bench [RUNS]

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "explore/sampler.h"
#include "param/state.h"
#include "render/render_with.h"

using namespace drumgen;

namespace {

constexpr int patch_count = 16;

/// Seconds for one pass over the patches.
double pass_s(const std::vector<Resolved>& patches, const RenderEngine& engine) {
    const auto start = std::chrono::steady_clock::now();
    for (const Resolved& patch : patches) {
        const Sound sound = render_with(patch, engine);
        if (sound.samples.empty()) {
            std::abort();  // keeps the render from being left out
        }
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::vector<Resolved> proposals(const Instrument& instrument, const char* quality) {
    std::vector<Resolved> patches;
    for (int index = 0; index < patch_count; ++index) {
        Patch patch = propose_uniform(instrument, 1, static_cast<std::uint64_t>(index));
        Stating stating;
        state_render_text(patch, "duration", "0.5", stating);
        state_render_text(patch, "quality", quality, stating);
        patches.push_back(resolve(patch));
    }
    return patches;
}

}  // namespace

int main(int argc, char** argv) {
    const int runs = argc > 1 ? std::max(3, std::atoi(argv[1])) : 200;
    std::printf(
        "0.5 s sounds at 48 kHz, %d proposals, one core, compute alone; x = seconds of sound "
        "per second\n",
        patch_count);
    std::printf("%-8s %-6s %-9s %10s %10s %12s\n", "kind", "quality", "isa", "median x", "best x",
                "median us");
    for (const Instrument* instrument : instruments()) {
        for (const char* quality : {"high", "draft"}) {
            const std::vector<Resolved> patches = proposals(*instrument, quality);
            for (const char* isa : {"portable", "v2", "v3", "v4"}) {
                const Kernels* found = find_kernels(isa);
                if (found == nullptr) {
                    continue;
                }
                const RenderEngine engine{.kernels = found};
                std::vector<double> seconds;
                for (int run = 0; run < runs; ++run) {
                    seconds.push_back(pass_s(patches, engine));
                }
                std::sort(seconds.begin(), seconds.end());
                const double sound_s = 0.5 * patch_count;
                const double median = seconds[seconds.size() / 2];
                std::printf("%-8s %-6s %-9s %10.0f %10.0f %12.1f\n",
                            std::string(instrument->name).c_str(), quality, isa, sound_s / median,
                            sound_s / seconds.front(), median / patch_count * 1e6);
            }
        }
    }
    return 0;
}

// Times rendering as seconds of sound per second ("x").
//   drumgen-bench [RUNS]                    one sound after another, compute alone, each kernel set
//   drumgen-bench batch [RUNS]              many sounds over threads, compute alone
//   drumgen-bench compute N THREADS         seconds for N sounds of all instruments in turn, once
//   drumgen-bench files FOLDER N THREADS    seconds for N files of the size of such sounds, by open,
//                                           write and close alone

#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "batch/run_batch.h"
#include "explore/sampler.h"
#include "param/state.h"
#include "render/render_with.h"

using namespace drumgen;

namespace {

constexpr int patch_count = 16;
constexpr double length_s = 0.5;

double seconds_for(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Renders a sound and makes sure that nobody leaves it out.
void render_once(const Resolved& patch, const RenderEngine& engine) {
    if (render_with(patch, engine).samples.empty()) {
        std::abort();
    }
}

Resolved proposal(const Instrument& instrument, const char* quality, std::uint64_t index) {
    Patch patch = propose_uniform(instrument, 1, index);
    Stating stating;
    state_render_text(patch, "duration", "0.5", stating);
    state_render_text(patch, "quality", quality, stating);
    return resolve(patch);
}

std::vector<Resolved> proposals(const Instrument& instrument, const char* quality, int count) {
    std::vector<Resolved> patches;
    for (int index = 0; index < count; ++index) {
        patches.push_back(proposal(instrument, quality, static_cast<std::uint64_t>(index)));
    }
    return patches;
}

/// The same number of each instrument, in turn.
std::vector<Resolved> mixture(const char* quality, int count) {
    std::vector<Resolved> patches;
    const auto all = instruments();
    for (int index = 0; index < count; ++index) {
        const auto number = static_cast<std::size_t>(index);
        patches.push_back(
            proposal(*all[number % all.size()], quality, static_cast<std::uint64_t>(index)));
    }
    return patches;
}

/// Renders all of them, in chunks over threads, as the program does.
void render_all(const std::vector<Resolved>& patches, unsigned threads) {
    constexpr std::size_t chunk = 8;
    const RenderEngine engine{.kernels = &kernels()};
    std::size_t at = 0;
    const Batch<std::size_t, int> batch{
        [&](std::size_t& first, bool) {
            first = at;
            at += chunk;
            return first < patches.size() ? Supply::item : Supply::end;
        },
        [&](std::size_t first) {
            for (std::size_t k = first; k < std::min(first + chunk, patches.size()); ++k) {
                render_once(patches[k], engine);
            }
            return 0;
        },
        [](int) { return true; }};
    run_batch(batch, threads);
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

int bench_single(int runs) {
    std::printf(
        "0.5 s sounds at 48 kHz, %d proposals, one core, compute alone; x = seconds of sound "
        "per second\n",
        patch_count);
    std::printf("%-8s %-6s %-9s %10s %10s %12s\n", "kind", "quality", "isa", "median x", "best x",
                "median us");
    for (const Instrument* instrument : instruments()) {
        for (const char* quality : {"high", "draft"}) {
            const std::vector<Resolved> patches = proposals(*instrument, quality, patch_count);
            for (const char* isa : {"portable", "v2", "v3", "v4"}) {
                const Kernels* found = find_kernels(isa);
                if (found == nullptr) {
                    continue;
                }
                const RenderEngine engine{.kernels = found};
                std::vector<double> seconds;
                for (int run = 0; run < runs; ++run) {
                    seconds.push_back(seconds_for([&] {
                        for (const Resolved& patch : patches) {
                            render_once(patch, engine);
                        }
                    }));
                }
                std::sort(seconds.begin(), seconds.end());
                const double sound_s = length_s * patch_count;
                const double middle = seconds[seconds.size() / 2];
                std::printf("%-8s %-6s %-9s %10.0f %10.0f %12.1f\n",
                            std::string(instrument->name).c_str(), quality, isa, sound_s / middle,
                            sound_s / seconds.front(), middle / patch_count * 1e6);
            }
        }
    }
    return 0;
}

void bench_batch_of(const char* kind, const char* quality, const std::vector<Resolved>& patches,
                    int runs) {
    std::vector<double> one;
    std::vector<double> two;
    for (int run = 0; run < runs; ++run) {
        one.push_back(seconds_for([&] { render_all(patches, 1); }));
        two.push_back(seconds_for([&] { render_all(patches, 2); }));
    }
    const double sound_s = length_s * static_cast<double>(patches.size());
    std::printf("%-8s %-6s %12.0f %12.0f %12.0f %10.2f\n", kind, quality, sound_s / median(one),
                sound_s / median(two), static_cast<double>(patches.size()) / median(two),
                median(one) / median(two));
}

int bench_batch(int runs) {
    constexpr int count = 6144;
    std::printf("0.5 s sounds at 48 kHz in a batch of %d proposals, compute alone, kernels %s\n",
                count, kernels().isa);
    std::printf("%-8s %-6s %12s %12s %12s %10s\n", "kind", "quality", "1 thread x", "2 threads x",
                "sounds/s", "scaling");
    for (const char* quality : {"high", "draft"}) {
        for (const Instrument* instrument : instruments()) {
            bench_batch_of(std::string(instrument->name).c_str(), quality,
                           proposals(*instrument, quality, count), runs);
        }
        bench_batch_of("mixed", quality, mixture(quality, count), runs);
    }
    return 0;
}

/// Writes a file as plainly as can be.
void write_plainly(const std::string& path, const std::vector<char>& bytes) {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (file < 0 || write(file, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()) ||
        close(file) != 0) {
        std::perror(path.c_str());
        std::exit(1);
    }
}

double plain_files_s(const std::string& folder, int count, unsigned threads) {
    constexpr std::size_t sound_bytes = 72414;  // 0.5 s of 24 bits, with the patch
    const std::vector<char> bytes(sound_bytes, 'x');
    return seconds_for([&] {
        std::vector<std::thread> crew;
        for (unsigned worker = 0; worker < threads; ++worker) {
            crew.emplace_back([&, worker] {
                for (int k = static_cast<int>(worker); k < count; k += static_cast<int>(threads)) {
                    write_plainly(folder + "/plain-" + std::to_string(k) + ".wav", bytes);
                }
            });
        }
        for (std::thread& thread : crew) {
            thread.join();
        }
    });
}

}  // namespace

int main(int argc, char** argv) {
    // As the program does: buffers are kept, not given back to the kernel.
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    const std::string mode = argc > 1 ? argv[1] : "";
    const auto number = [&](int place, int standard) {
        return argc > place ? std::max(1, std::atoi(argv[place])) : standard;
    };
    if (mode == "batch") {
        return bench_batch(number(2, 9));
    }
    if (mode == "compute") {
        const std::vector<Resolved> patches = mixture("high", number(2, 1000));
        const auto threads = static_cast<unsigned>(number(3, 2));
        std::printf("%.6f\n", seconds_for([&] { render_all(patches, threads); }));
        return 0;
    }
    if (mode == "files" && argc > 2) {
        std::printf("%.6f\n",
                    plain_files_s(argv[2], number(3, 1000), static_cast<unsigned>(number(4, 2))));
        return 0;
    }
    return bench_single(number(1, 200));
}

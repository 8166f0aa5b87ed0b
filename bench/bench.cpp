// Times rendering, as seconds of sound per second ("x") or as microseconds of a sound.
//   drumgen-bench single     one sound after another, compute alone, with each kernel set
//   drumgen-bench batch      many sounds over threads, compute alone
//   drumgen-bench stages     where the time of a sound goes
//   drumgen-bench compute    seconds for many sounds, once
//   drumgen-bench differences   how far apart sound files are, whose names come on standard input: a line
//                            for each pair, its two numbers and the parts of the difference
//   drumgen-bench tables     the levels of each sound's table: sounds of --count samples at 48 kHz come as
//                            32-bit floats on standard input, 133 of them for each go to standard output
//   drumgen-bench proposals  --count typical proposals, JSON Lines, with the specimens of a kit left out
//   drumgen-bench files      seconds for files of the size of such sounds, by open, write and close
//                            alone
// DRUMGEN_ISA chooses the kernels, as everywhere. The instruments are those named with
// --instruments, or all.

#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "base/parallel.h"
#include "batch/run_batch.h"
#include "drumgen/patch_json.h"
#include "dsp/band_limit.h"
#include "dsp/context.h"
#include "explore/sampler.h"
#include "match/difference.h"
#include "match/recording.h"
#include "param/state.h"
#include "render/post_chain.h"
#include "render/render_with.h"
#include "sound_file/patch_wav.h"
#include "sound_file/sound_file.h"
#include "system/file.h"

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

using Instruments = std::vector<const Instrument*>;

/// The same number of each instrument, in turn.
std::vector<Resolved> mixture(const Instruments& all, const char* quality, int count) {
    std::vector<Resolved> patches;
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

/// The kernels to measure: those that DRUMGEN_ISA names, or all that this CPU has.
std::vector<const Kernels*> measured_kernels() {
    if (std::getenv("DRUMGEN_ISA") != nullptr) {
        return {&kernels()};
    }
    std::vector<const Kernels*> all;
    for (const char* isa : {"portable", "v2", "v3", "v4"}) {
        if (const Kernels* const found = find_kernels(isa)) {
            all.push_back(found);
        }
    }
    return all;
}

void bench_single(const Instruments& all, int runs) {
    std::printf(
        "0.5 s sounds at 48 kHz, %d proposals, one core, compute alone; x = seconds of sound "
        "per second\n",
        patch_count);
    std::printf("%-8s %-6s %-9s %10s %10s %12s\n", "kind", "quality", "isa", "median x", "best x",
                "median us");
    for (const Instrument* instrument : all) {
        for (const char* quality : {"high", "draft"}) {
            const std::vector<Resolved> patches = proposals(*instrument, quality, patch_count);
            for (const Kernels* const found : measured_kernels()) {
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
                            std::string(instrument->name).c_str(), quality, found->isa,
                            sound_s / middle, sound_s / seconds.front(),
                            middle / patch_count * 1e6);
            }
        }
    }
}

/// Microseconds that each of some ways to work on the same sounds takes for one: medians over
/// runs in which they take turns, so that a machine that slows down slows all of them.
class Turns {
public:
    explicit Turns(std::size_t sounds) : sounds_(sounds) {}

    /// Returns the way's number. It is called with the number of each sound.
    std::size_t add(std::function<void(std::size_t)> way) {
        ways_.push_back(std::move(way));
        return ways_.size() - 1;
    }

    void run(int runs) {
        seconds_.assign(ways_.size(), {});
        for (int run = 0; run < runs; ++run) {
            for (std::size_t k = 0; k < ways_.size(); ++k) {
                seconds_[k].push_back(seconds_for([&] {
                    for (std::size_t sound = 0; sound < sounds_; ++sound) {
                        ways_[k](sound);
                    }
                }));
            }
        }
    }

    [[nodiscard]] double us(std::size_t way) const {
        return median(seconds_[way]) / static_cast<double>(sounds_) * 1e6;
    }

private:
    std::size_t sounds_;
    std::vector<std::function<void(std::size_t)>> ways_;
    std::vector<std::vector<double>> seconds_;
};

/// The patch without one of its layers.
Resolved muted(Resolved patch, std::string_view layer) {
    const Id gain(layer, "gain");
    for (std::size_t row = 0; row < patch.params.size(); ++row) {
        if (patch.instrument->parameters[row].id.view() == gain.view()) {
            patch.params[row].value = 0;
        }
    }
    return patch;
}

/// Where the time of an instrument's sounds goes. What can't run alone is told by what is saved
/// without it, so the layers of an instrument that shares work among them do not add up to it.
void bench_stages_of(const Instrument& instrument, int runs) {
    const RenderEngine engine{.kernels = &kernels()};
    const RenderEngine plain_engine{.kernels = &kernels(), .oversampling = 1};
    const std::vector<Resolved> patches = proposals(instrument, "high", patch_count);
    std::vector<Signal> raw;
    for (const Resolved& patch : patches) {
        raw.push_back(synthesise(patch, 1, engine).mid);
    }
    const auto finished = [&](std::size_t k, Level level) {
        PostChain chain;
        chain.duration_s = length_s;
        chain.level = level;
        return finish({raw[k]}, chain, kernels());
    };
    Turns turns(patches.size());
    const std::size_t whole = turns.add([&](std::size_t k) { render_once(patches[k], engine); });
    const std::size_t synthesis =
        turns.add([&](std::size_t k) { (void)synthesise(patches[k], 1, engine); });
    const std::size_t plain =
        turns.add([&](std::size_t k) { (void)synthesise(patches[k], 1, plain_engine); });
    const std::size_t copying = turns.add([&](std::size_t k) {
        Signal copy = raw[k];
        copy.front() = 0;
    });
    const std::size_t limiting = turns.add([&](std::size_t k) {
        Signal copy = raw[k];
        band_limit(copy, stream_rate_hz, kernels());
    });
    const std::size_t unlevelled =
        turns.add([&](std::size_t k) { (void)finished(k, Level::none); });
    const std::size_t levelled =
        turns.add([&](std::size_t k) { (void)finished(k, Level::true_peak); });
    const std::size_t encoding = turns.add([&](std::size_t k) {
        (void)wav_bytes(empty_patch(instrument), patches[k], {raw[k], stream_rate_hz},
                        SampleFormat::int24);
    });
    std::vector<std::size_t> without;
    for (const std::string_view layer : instrument.layers) {
        std::vector<Resolved> rest;
        for (const Resolved& patch : patches) {
            rest.push_back(muted(patch, layer));
        }
        without.push_back(turns.add([rest = std::move(rest), &engine](std::size_t k) {
            (void)synthesise(rest[k], 1, engine);
        }));
    }
    turns.run(runs);

    const double all = turns.us(whole);
    const auto row = [&](const std::string& stage, double us) {
        std::printf("%-9s %-22s %8.1f %6.1f\n", std::string(instrument.name).c_str(), stage.c_str(),
                    us, 100 * us / all);
    };
    row("whole", all);
    row("synthesis", turns.us(synthesis));
    for (std::size_t k = 0; k < without.size(); ++k) {
        row("  layer " + std::string(instrument.layers[k]),
            turns.us(synthesis) - turns.us(without[k]));
    }
    row("  oversampling", turns.us(synthesis) - turns.us(plain));
    row("band limit", turns.us(limiting) - turns.us(copying));
    row("length, fades, DC", turns.us(unlevelled) - turns.us(limiting));
    row("level", turns.us(levelled) - turns.us(unlevelled));
    row("encoding a WAV", turns.us(encoding));
}

void bench_stages(const Instruments& all, int runs) {
    std::printf("0.5 s sounds at 48 kHz, %d proposals, high quality, one core, kernels %s\n",
                patch_count, kernels().isa);
    std::printf("%-9s %-22s %8s %6s\n", "kind", "stage", "us", "%");
    for (const Instrument* const instrument : all) {
        bench_stages_of(*instrument, runs);
    }
}

/// What two channels cost beside one.
void bench_stereo(const Instruments& all, int runs) {
    std::printf("typical sounds of %d proposals, whole, high quality, one core, kernels %s\n",
                patch_count, kernels().isa);
    std::printf("%-9s %10s %10s %8s\n", "kind", "one us", "two us", "ratio");
    const RenderEngine engine{.kernels = &kernels()};
    double one = 0;
    double two = 0;
    const auto row = [](const std::string& kind, double mono_us, double stereo_us) {
        std::printf("%-9s %10.1f %10.1f %8.2f\n", kind.c_str(), mono_us, stereo_us,
                    stereo_us / mono_us);
    };
    for (const Instrument* const instrument : all) {
        std::vector<Resolved> mono;
        std::vector<Resolved> stereo;
        for (std::uint64_t index = 0; index < patch_count; ++index) {
            mono.push_back(resolve(propose_typical(*instrument, 1, index)));
            mono.back().render.width.reset();
            stereo.push_back(mono.back());
            stereo.back().render.width = 1;
        }
        Turns turns(mono.size());
        const std::size_t first = turns.add([&](std::size_t k) { render_once(mono[k], engine); });
        const std::size_t second =
            turns.add([&](std::size_t k) { render_once(stereo[k], engine); });
        turns.run(runs);
        row(std::string(instrument->name), turns.us(first), turns.us(second));
        one += turns.us(first);
        two += turns.us(second);
    }
    row("all", one, two);
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

void bench_batch(const Instruments& all, int runs) {
    constexpr int count = 6144;
    std::printf("0.5 s sounds at 48 kHz in a batch of %d proposals, compute alone, kernels %s\n",
                count, kernels().isa);
    std::printf("%-8s %-6s %12s %12s %12s %10s\n", "kind", "quality", "1 thread x", "2 threads x",
                "sounds/s", "scaling");
    for (const char* quality : {"high", "draft"}) {
        for (const Instrument* instrument : all) {
            bench_batch_of(std::string(instrument->name).c_str(), quality,
                           proposals(*instrument, quality, count), runs);
        }
        bench_batch_of("mixed", quality, mixture(all, quality, count), runs);
    }
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

/// The parts of the difference of all pairs of files.
void print_differences() {
    std::vector<HitTable> tables;
    HitMeter meter;
    for (std::string path; std::getline(std::cin, path);) {
        const std::vector<std::uint8_t> bytes = read_file(path, std::size_t{1} << 28);
        const Sound sound = read_sound(bytes, path, Channels::mean).sound;
        const std::vector<Hit> hits = find_hits(sound);
        if (hits.empty()) {
            tables.emplace_back();
            continue;
        }
        const Signal samples = hit_samples(sound, hits.front());
        tables.push_back(meter(samples.data(), samples.size(), kernels()));
    }
    for (std::size_t a = 0; a < tables.size(); ++a) {
        for (std::size_t b = a + 1; b < tables.size(); ++b) {
            const Difference apart = difference(tables[a], tables[b]);
            std::printf("%zu %zu %.4f %.4f %.4f %.4f %.4f\n", a, b, apart.level_db, apart.pitch,
                        apart.noisiness, apart.attack, apart.course);
        }
    }
}

/// Tables of sounds that come one behind the other, a stretch of them at a time.
void print_tables(std::size_t frames, unsigned threads) {
    constexpr std::size_t at_once = 512;
    std::vector<HitMeter> meters(threads);
    std::vector<float> samples(at_once * frames);
    std::vector<HitTable> tables(at_once);
    for (;;) {
        const std::size_t read = std::fread(samples.data(), sizeof(float), samples.size(), stdin);
        const std::size_t count = read / frames;
        parallel_for(count, threads, [&](std::size_t k, unsigned worker) {
            tables[k] = meters[worker](samples.data() + k * frames, frames, kernels());
        });
        for (std::size_t k = 0; k < count; ++k) {
            std::fwrite(tables[k].level_db.data(), sizeof(float), hit_cells, stdout);
        }
        if (count < at_once) {
            return;
        }
    }
}

/// Typical proposals, without the specimens of a kit.
void print_proposals(const Instruments& all, int count, const Typical& typical) {
    for (int index = 0; index < count; ++index) {
        const auto number = static_cast<std::size_t>(index);
        std::cout << patch_to_json(propose_typical(*all[number % all.size()], 1, number, typical))
                  << '\n';
    }
}

}  // namespace

// What is thrown ends a benchmark.
// NOLINTNEXTLINE(bugprone-exception-escape)
int main(int argc, char** argv) {
    // As the program does: buffers are kept, not given back to the kernel.
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    CLI::App app("Times rendering");
    app.require_subcommand(1);
    std::vector<std::string> names;
    int runs = 0;
    int count = 1000;
    unsigned threads = 2;
    std::string folder;
    const auto part = [&](const char* name, const char* help) {
        CLI::App* const one = app.add_subcommand(name, help);
        one->add_option("--instruments", names, "which; all by default")->delimiter(',');
        one->add_option("--runs", runs, "how often; enough by default");
        one->add_option("--count", count, "sounds or files");
        one->add_option("--threads", threads, "that share the work");
        return one;
    };
    const CLI::App* const single = part("single", "one sound after another, each kernel set");
    const CLI::App* const batch = part("batch", "many sounds over threads");
    const CLI::App* const stages = part("stages", "where the time of a sound goes");
    const CLI::App* const stereo = part("stereo", "what two channels cost beside one");
    const CLI::App* const differences = part("differences", "how far apart sound files are");
    const CLI::App* const tables = part("tables", "levels of sounds from standard input");
    Typical typical;
    std::string without;
    CLI::App* const typicals = part("proposals", "typical proposals");
    typicals->add_option("--without", without, "kit whose specimens are left out");
    typicals->add_option("--wild", typical.wild, "share that is drawn evenly");
    const CLI::App* const compute = part("compute", "seconds for --count sounds");
    CLI::App* const files = part("files", "seconds to write --count files plainly");
    files->add_option("folder", folder, "where")->required();
    CLI11_PARSE(app, argc, argv);

    if (const char* const isa = std::getenv("DRUMGEN_ISA");
        isa != nullptr && find_kernels(isa) == nullptr) {
        std::fprintf(stderr,
                     "drumgen-bench: DRUMGEN_ISA is %s; this CPU has kernels for portable, and of "
                     "v2, v3 (AVX2) and v4 (AVX-512) those that it can run\n",
                     isa);
        return 2;
    }
    Instruments all;
    if (names.empty()) {
        all.assign(instruments().begin(), instruments().end());
    }
    for (const std::string& name : names) {
        all.push_back(&find_instrument(name));
    }
    const auto runs_or = [&](int standard) { return runs > 0 ? runs : standard; };
    if (single->parsed()) {
        bench_single(all, runs_or(200));
    } else if (batch->parsed()) {
        bench_batch(all, runs_or(9));
    } else if (stages->parsed()) {
        bench_stages(all, runs_or(60));
    } else if (stereo->parsed()) {
        bench_stereo(all, runs_or(60));
    } else if (tables->parsed()) {
        print_tables(static_cast<std::size_t>(count), threads);
    } else if (typicals->parsed()) {
        typical.without = without;
        print_proposals(all, count, typical);
    } else if (differences->parsed()) {
        print_differences();
    } else if (compute->parsed()) {
        const std::vector<Resolved> patches = mixture(all, "high", count);
        std::printf("%.6f\n", seconds_for([&] { render_all(patches, threads); }));
    } else {
        std::printf("%.6f\n", plain_files_s(folder, count, threads));
    }
    return 0;
}

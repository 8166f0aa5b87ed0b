#include "match/known_sounds.h"

#include <map>
#include <memory>
#include <mutex>

#include "base/parallel.h"
#include "drumgen/specimens.h"
#include "dsp/context.h"
#include "explore/sampler.h"
#include "render/render_with.h"

namespace drumgen {
namespace {

/// Beside the specimens and the drum of no settings: half of them typical, half even.
constexpr std::size_t drawn_count = 400;
constexpr std::uint64_t known_seed = 22;
constexpr Typical drawn_as{.wild = 0.5};

/// The set of one instrument, and who makes it.
struct Shelf {
    std::mutex made;
    std::vector<KnownSound> sounds;
};

Shelf& shelf_of(const Instrument& instrument) {
    static std::mutex mutex;
    static std::map<const Instrument*, std::unique_ptr<Shelf>> shelves;
    const std::lock_guard lock(mutex);
    auto& shelf = shelves[&instrument];
    if (!shelf) {
        shelf = std::make_unique<Shelf>();
    }
    return *shelf;
}

}  // namespace

HitTable heard_table(const Patch& patch, HitMeter& meter) {
    Resolved resolved = resolve(patch);
    resolved.render.quality = Quality::draft;
    resolved.render.rate_hz = stream_rate_hz;
    constexpr double onset_s = 0.1;  // may be as late as that
    resolved.render.duration_s = static_cast<double>(hit_frames) / stream_rate_hz + onset_s;
    const Signal sound =
        synthesise(resolved, resolved.render.velocity, {.kernels = &kernels()}).mid;
    return meter(sound.data(), sound.size(), kernels());
}

const std::vector<KnownSound>& known_sounds(const Instrument& instrument, unsigned threads) {
    Shelf& shelf = shelf_of(instrument);
    // No call_once: glibc's can't be left by an exception when libgcc is linked in.
    const std::lock_guard lock(shelf.made);
    if (shelf.sounds.empty()) {
        const std::span<const Specimen> specimens = specimens_of(instrument);
        std::vector<KnownSound> sounds(1 + specimens.size() + drawn_count);
        std::vector<HitMeter> meters(threads);
        parallel_for(sounds.size(), threads, [&](std::size_t k, unsigned worker) {
            KnownSound& known = sounds[k];
            if (k == 0) {
                known.patch = empty_patch(instrument);
            } else if (k <= specimens.size()) {
                known.patch = specimens[k - 1].patch;
            } else {
                known.patch = propose_typical(instrument, known_seed, k, drawn_as);
            }
            known.table = heard_table(known.patch, meters[worker]);
        });
        shelf.sounds = std::move(sounds);
    }
    return shelf.sounds;
}

}  // namespace drumgen

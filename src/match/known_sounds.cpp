#include "match/known_sounds.h"

#include <map>
#include <memory>
#include <mutex>

#include "base/parallel.h"
#include "dsp/context.h"
#include "explore/sampler.h"
#include "render/render_with.h"

namespace drumgen {
namespace {

constexpr std::size_t known_count = 400;
constexpr std::uint64_t known_seed = 22;

/// The set of one instrument, and who makes it.
struct Shelf {
    std::once_flag made;
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
    const Signal sound = synthesise(resolved, resolved.render.velocity, {.kernels = &kernels()});
    return meter(sound.data(), sound.size(), kernels());
}

const std::vector<KnownSound>& known_sounds(const Instrument& instrument, unsigned threads) {
    Shelf& shelf = shelf_of(instrument);
    std::call_once(shelf.made, [&] {
        shelf.sounds.resize(known_count);
        std::vector<HitMeter> meters(threads);
        parallel_for(known_count, threads, [&](std::size_t k, unsigned worker) {
            KnownSound& known = shelf.sounds[k];
            known.patch = propose_uniform(instrument, known_seed, k);
            known.table = heard_table(known.patch, meters[worker]);
        });
    });
    return shelf.sounds;
}

}  // namespace drumgen

#include "kit/render_kit.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/error.h"
#include "base/math.h"
#include "drumgen/render.h"
#include "explore/loudness.h"
#include "io/patch_wav.h"
#include "io/riff.h"
#include "io/sha256.h"
#include "kit/levels.h"
#include "param/kit_keys.h"
#include "render/batch.h"
#include "render/post_chain.h"

namespace drumgen {
namespace {

/// One layer on its way.
struct Job {
    KitVoice* voice = nullptr;
    KitLayer* layer = nullptr;
    bool is_loudest = false;  ///< of its voice
    std::vector<Sound> sounds{};
    std::vector<double> loudness_lufs{};  ///< of each, before it is turned down
};

/// Works on all jobs over threads; each is changed by its own thread only.
void work_on(std::vector<Job>& jobs, unsigned threads, const std::function<void(Job&)>& work,
             const std::function<void(const Job&)>& take) {
    std::size_t next = 0;
    const Batch<Job*, Job*> batch{[&](Job*& job, bool) {
                                      if (next == jobs.size()) {
                                          return Supply::end;
                                      }
                                      job = &jobs[next++];
                                      return Supply::item;
                                  },
                                  [&work](Job* job) {
                                      work(*job);
                                      return job;
                                  },
                                  [&take](const Job* job) {
                                      take(*job);
                                      return true;
                                  }};
    run_batch(batch, static_cast<unsigned>(std::min<std::size_t>(threads, jobs.size())));
}

/// As fine as a gain is told.
double hundredths(double db) {
    return static_cast<double>(math::floor(db * 100 + 0.5)) / 100;
}

std::size_t gain_row() {
    const std::span<const Parameter> rows = render_parameters();
    const auto found = std::find_if(rows.begin(), rows.end(), [](const Parameter& row) {
        return row.id.view() == kit_keys::gain_db;
    });
    return static_cast<std::size_t>(found - rows.begin());
}

/// The gain that a patch states; it states none any more.
double take_gain(Patch& patch) {
    patch.render.resize(render_parameters().size());
    return std::exchange(patch.render[gain_row()], std::nullopt).value_or(Value{}).value;
}

/// The loudness that all of a cycle have: that of the quietest, since none is turned up.
double loudness_of(const Job& job) {
    return *std::min_element(job.loudness_lufs.begin(), job.loudness_lufs.end());
}

void render_layer(Job& job) {
    for (const KitSample& sample : job.layer->cycle) {
        job.sounds.push_back(render(resolve(sample.patch)));
        if (job.is_loudest || job.layer->cycle.size() > 1) {
            job.loudness_lufs.push_back(loudness_lufs(job.sounds.back()));
        }
    }
}

/// Brings a layer to its level and makes its WAVs.
void finish_layer(Job& job, const KitPlan& plan) {
    KitVoice& voice = *job.voice;
    for (std::size_t i = 0; i < job.sounds.size(); ++i) {
        KitSample& sample = job.layer->cycle[i];
        Sound& sound = job.sounds[i];
        double gain_db = voice.level_db;
        if (job.layer->cycle.size() > 1) {
            gain_db = hundredths(gain_db + loudness_of(job) - job.loudness_lufs[i]);
        }
        if (gain_db < 0) {
            gain_db = std::max(gain_db, kit_keys::level_range_db.min);
            sample.patch.render[gain_row()] = Value{gain_db, Origin::given};
            turn_down(sound.samples, gain_db);
        }
        sample.wav = wav_bytes(sample.patch, resolve(sample.patch), sound, plan.format);
        sample.sha256 = sha256_hex(find_chunk(sample.wav, "data"));
        sample.frames = sound.samples.size();
        sample.rate_hz = sound.sample_rate_hz;
        if (job.is_loudest && i == 0) {
            voice.features =
                plan.is_described ? measure_features(sound) : measure_levels_and_times(sound);
            voice.loudness_lufs = job.loudness_lufs[i] + std::min(gain_db, 0.0);
        }
    }
    job.sounds.clear();
}

double seconds_of(const KitLayer& layer) {
    double seconds = 0;
    for (const KitSample& sample : layer.cycle) {
        seconds += static_cast<double>(sample.frames) / sample.rate_hz;
    }
    return seconds;
}

/// What the layers that were rendered tell of the size of all.
KitSize size_of(const KitPlan& plan, const std::vector<Job>& loudest) {
    KitSize size;
    size.files = sample_count(plan);
    std::uint64_t frames = 0;
    for (const Job& job : loudest) {
        for (const Sound& sound : job.sounds) {
            frames += sound.samples.size();
        }
    }
    size.bytes = frames * sample_bytes(plan.format) * static_cast<std::uint64_t>(plan.velocities);
    return size;
}

void check_size(const KitSize& size) {
    constexpr std::uint64_t most = std::uint64_t{1} << 30;
    if (size.bytes > most) {
        throw Error(Status::invalid, "the kit would have " + std::to_string(size.bytes >> 20) +
                                         " MiB in " + std::to_string(size.files) +
                                         " files, at most " + std::to_string(most >> 20) +
                                         " MiB are allowed; ask for fewer --velocities or "
                                         "--round-robins, or a shorter --duration");
    }
}

}  // namespace

std::vector<std::string> render_kit(KitPlan& plan, Levels levels, unsigned threads,
                                    const KitWatcher& watcher) {
    std::vector<Job> loudest;
    std::vector<Job> others;
    std::vector<double> own_gains_db;
    for (KitVoice& voice : plan.voices) {
        own_gains_db.push_back(take_gain(voice.patch));
        for (KitLayer& layer : voice.layers) {
            for (KitSample& sample : layer.cycle) {
                (void)take_gain(sample.patch);
            }
            const bool is_loudest = &layer == &voice.layers.back();
            (is_loudest ? loudest : others).push_back({&voice, &layer, is_loudest});
        }
    }
    work_on(loudest, threads, render_layer, [](const Job&) {});
    const KitSize size = size_of(plan, loudest);
    check_size(size);
    watcher.begin(size);
    std::vector<double> loudness;
    for (const Job& job : loudest) {
        // A softer hit is meant to be quieter than its kind.
        const double softer =
            velocity_gain(resolve(job.layer->cycle.front().patch).render.velocity);
        loudness.push_back(loudness_of(job) - 20 * math::log(softer) / math::log(10));
    }
    std::vector<std::string> notes;
    const std::vector<double> gains_db = levels_db(plan, loudness, levels, notes);
    for (std::size_t i = 0; i < plan.voices.size(); ++i) {
        const double own_db = levels == Levels::as_is ? own_gains_db[i] : 0;
        plan.voices[i].level_db = std::max(gains_db[i] + own_db, kit_keys::level_range_db.min);
    }
    const auto step = [&watcher](const Job& job) { watcher.step(seconds_of(*job.layer)); };
    work_on(
        loudest, threads, [&plan](Job& job) { finish_layer(job, plan); }, step);
    work_on(
        others, threads,
        [&plan](Job& job) {
            render_layer(job);
            finish_layer(job, plan);
        },
        step);
    return notes;
}

}  // namespace drumgen

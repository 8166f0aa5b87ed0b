#include "kit/render_kit.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

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

/// One sample on its way.
struct Job {
    KitVoice* voice = nullptr;
    KitSample* sample = nullptr;
    bool is_loudest = false;  ///< of its voice
    Sound sound{};
    double loudness_lufs = 0;  ///< when it is the loudest, before it is turned down
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

void render_one(Job& job) {
    const Resolved resolved = resolve(job.sample->patch);
    job.sound = render(resolved);
    if (job.is_loudest) {
        job.loudness_lufs = loudness_lufs(job.sound);
    }
}

/// Brings a sample to its level and makes its WAV.
void finish_one(Job& job, const KitPlan& plan) {
    KitVoice& voice = *job.voice;
    KitSample& sample = *job.sample;
    if (voice.level_db < 0) {
        sample.patch.render[gain_row()] = Value{voice.level_db, Origin::given};
        turn_down(job.sound.samples, voice.level_db);
    }
    sample.wav = wav_bytes(sample.patch, resolve(sample.patch), job.sound, plan.format);
    sample.sha256 = sha256_hex(find_chunk(sample.wav, "data"));
    sample.frames = job.sound.samples.size();
    sample.rate_hz = job.sound.sample_rate_hz;
    if (job.is_loudest) {
        voice.features =
            plan.is_described ? measure_features(job.sound) : measure_levels_and_times(job.sound);
        voice.loudness_lufs = job.loudness_lufs + voice.level_db;
    }
    job.sound = {};
}

}  // namespace

std::vector<std::string> render_kit(KitPlan& plan, Levels levels, unsigned threads,
                                    const std::function<void(double)>& step) {
    std::vector<Job> jobs;
    std::vector<double> own_gains_db;
    for (KitVoice& voice : plan.voices) {
        own_gains_db.push_back(take_gain(voice.patch));
        for (KitSample& sample : voice.samples) {
            (void)take_gain(sample.patch);
            jobs.push_back({&voice, &sample, &sample == &voice.samples.back()});
        }
    }
    work_on(jobs, threads, render_one, [&step](const Job& job) {
        step(static_cast<double>(job.sound.samples.size()) / job.sound.sample_rate_hz);
    });
    std::vector<double> loudness;
    for (const Job& job : jobs) {
        if (job.is_loudest) {
            // A softer hit is meant to be quieter than its kind.
            const double softer = velocity_gain(resolve(job.sample->patch).render.velocity);
            loudness.push_back(job.loudness_lufs - 20 * math::log(softer) / math::log(10));
        }
    }
    std::vector<std::string> notes;
    const std::vector<double> gains_db = levels_db(plan, loudness, levels, notes);
    for (std::size_t i = 0; i < plan.voices.size(); ++i) {
        const double own_db = levels == Levels::as_is ? own_gains_db[i] : 0;
        plan.voices[i].level_db = std::max(gains_db[i] + own_db, kit_keys::level_range_db.min);
    }
    work_on(
        jobs, threads, [&plan](Job& job) { finish_one(job, plan); }, [](const Job&) {});
    return notes;
}

}  // namespace drumgen

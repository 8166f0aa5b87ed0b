#include "kit/render_kit.h"

#include <atomic>
#include <cstddef>
#include <mutex>

#include "archive/sha256.h"
#include "base/parallel.h"
#include "base/text.h"
#include "drumgen/error.h"
#include "sound_file/patch_wav.h"
#include "sound_file/riff.h"
#include "sound_file/sound_check.h"

namespace drumgen {
namespace {

/// Brings a layer to its level and makes its WAVs.
void finish_layer(LayerSounds& layer, const KitPlan& plan) {
    bring_to_level(layer);
    for (std::size_t i = 0; i < layer.sounds.size(); ++i) {
        KitSample& sample = layer.layer->cycle[i];
        const Sound& sound = layer.sounds[i];
        const Resolved resolved = resolve(sample.patch);
        if (const auto reason = silence_of(resolved, sound)) {
            throw Error(Status::invalid, message("", in_quotes(layer.voice->name), *reason));
        }
        (void)check_full_scale(in_quotes(layer.voice->name), sound, plan.format);
        sample.wav = wav_bytes(sample.patch, resolved, sound, plan.format);
        sample.sha256 = sha256_hex(find_chunk(sample.wav, "data"));
        sample.frames = sound.frames();
        sample.channels = sound.channels();
        sample.rate_hz = sound.sample_rate_hz;
        if (layer.is_loudest && i == 0) {
            layer.voice->features =
                plan.is_described ? measure_features(sound) : measure_levels_and_times(sound);
        }
    }
    layer.sounds.clear();
}

/// Of all channels of its sounds.
std::uint64_t samples_in(const LayerSounds& layer) {
    std::uint64_t samples = 0;
    for (const Sound& sound : layer.sounds) {
        samples += sound.frames() * static_cast<std::size_t>(sound.channels());
    }
    return samples;
}

/// Bytes in a kit for each sample of a loudest layer: a softer one is taken to be as long.
std::uint64_t bytes_for_sample(const KitPlan& plan) {
    return sample_bytes(plan.format) * static_cast<std::uint64_t>(plan.velocities);
}

/// What the layers that were rendered tell of the size of all.
KitSize size_of(const KitPlan& plan, const std::vector<LayerSounds>& loudest) {
    KitSize size;
    size.files = sample_count(plan);
    std::uint64_t frames = 0;
    for (const LayerSounds& job : loudest) {
        frames += samples_in(job);
    }
    size.bytes = frames * bytes_for_sample(plan);
    return size;
}

}  // namespace

void work_on_layers(std::vector<LayerSounds>& layers, unsigned threads,
                    const std::function<void(LayerSounds&)>& work,
                    const std::function<void(const LayerSounds&)>& done) {
    std::mutex mutex;
    parallel_for(layers.size(), threads, [&](std::size_t at, unsigned) {
        work(layers[at]);
        if (done) {
            const std::lock_guard lock(mutex);
            done(layers[at]);
        }
    });
}

bool render_layers(std::vector<LayerSounds>& layers, unsigned threads, std::uint64_t most_samples) {
    std::atomic<std::uint64_t> samples = 0;
    work_on_layers(layers, threads, [&](LayerSounds& layer) {
        if (samples <= most_samples) {
            render_layer(layer);
            samples += samples_in(layer);
        }
    });
    return samples <= most_samples;
}

std::vector<std::string> render_kit(KitPlan& plan, Levels levels, unsigned threads,
                                    const KitWatcher& watcher) {
    KitLayers layers = layers_of(plan);
    if (!render_layers(layers.loudest, threads, max_kit_sound_bytes / bytes_for_sample(plan))) {
        throw Error(
            Status::invalid,
            formatted("the kit would have more than {} MiB in its {} files, which is the most; ask "
                      "for fewer --velocities or --round-robins, or a shorter --duration",
                      max_kit_sound_bytes >> 20, sample_count(plan)));
    }
    watcher.begin(size_of(plan, layers.loudest));
    std::vector<std::string> notes = set_levels(plan, layers, levels);
    const auto step = [&watcher](const LayerSounds& layer) {
        for (const KitSample& sample : layer.layer->cycle) {
            watcher.step(static_cast<double>(sample.frames) / sample.rate_hz);
        }
    };
    work_on_layers(
        layers.loudest, threads, [&plan](LayerSounds& layer) { finish_layer(layer, plan); }, step);
    work_on_layers(
        layers.others, threads,
        [&plan](LayerSounds& layer) {
            render_layer(layer);
            finish_layer(layer, plan);
        },
        step);
    return notes;
}

}  // namespace drumgen

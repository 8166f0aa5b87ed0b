#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "kit/kit_plan.h"
#include "kit/layer_sounds.h"

namespace drumgen {

/// How much a kit will be.
struct KitSize {
    std::size_t files = 0;  ///< WAVs
    std::uint64_t bytes =
        0;  ///< of their samples, about: soft layers are taken to be as long as loud
};

/// Who is told how far it has come.
struct KitWatcher {
    std::function<void(const KitSize&)> begin;  ///< called once, early
    std::function<void(double seconds)> step;   ///< called for each sound that is complete
};

/// Works on all layers over threads; each is changed by its own thread only.
///   done   told of each layer that is ready, of one at a time; may be empty
void work_on_layers(std::vector<LayerSounds>& layers, unsigned threads,
                    const std::function<void(LayerSounds&)>& work,
                    const std::function<void(const LayerSounds&)>& done = {});

/// What the sounds of a kit may take, in bytes.
inline constexpr std::uint64_t max_kit_sound_bytes = std::uint64_t{1} << 30;

/// Renders layers over threads.
///   most_samples   of all channels of all sounds
///   returns        false when they are more: then not all are rendered
[[nodiscard]] bool render_layers(std::vector<LayerSounds>& layers, unsigned threads,
                                 std::uint64_t most_samples);

/// Renders all samples and brings them to their levels; those of a cycle have one loudness.
///   threads   that work; any number gives the same bytes
///   returns   notes for the user
/// Throws Error (invalid) when its sounds would take more than max_kit_sound_bytes.
[[nodiscard]] std::vector<std::string> render_kit(KitPlan& plan, Levels levels, unsigned threads,
                                                  const KitWatcher& watcher);

}  // namespace drumgen

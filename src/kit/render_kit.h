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

/// Renders all samples and brings them to their levels; those of a cycle have one loudness.
///   threads   that work; any number gives the same bytes
///   returns   notes for the user
/// Throws Error (invalid) when it would be larger than memory should hold.
[[nodiscard]] std::vector<std::string> render_kit(KitPlan& plan, Levels levels, unsigned threads,
                                                  const KitWatcher& watcher);

}  // namespace drumgen

#include "kit/loop_kit.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/math.h"
#include "base/text.h"
#include "drumgen/error.h"
#include "drumgen/kit.h"
#include "drumgen/patch_json.h"
#include "kit/kit_plan.h"
#include "kit/levels.h"
#include "kit/loop_names.h"
#include "param/kit_keys.h"
#include "render/loudness.h"

namespace drumgen {
namespace {

/// The keys that an exported kit gives these slots.
void give_keys(std::vector<LoopSlot>& slots) {
    Kit kit;
    for (const LoopSlot& slot : slots) {
        Patch patch;
        patch.instrument = slot.drum.instrument;
        kit.slots.push_back({slot.name, patch});
    }
    for (const KitVoice& voice : plan_kit(kit, SampleFormat::int24).voices) {
        const auto slot = std::find_if(slots.begin(), slots.end(), [&voice](const LoopSlot& one) {
            return one.name == voice.name;
        });
        slot->key = voice.key;
    }
}

}  // namespace

std::vector<LoopSlot> loop_slots(const Recording& loop, const std::string& place) {
    if (loop.hits.size() > max_loop_hits) {
        throw Error(Status::invalid,
                    message(place, "",
                            formatted("has {} hits, more than {}; cut it into parts, or lower "
                                      "--sensitivity",
                                      loop.hits.size(), max_loop_hits)));
    }
    std::vector<LoopSlot> slots;
    std::vector<LoopDrum> drums = drums_of_loop(loop.sound, loop.hits);
    const std::vector<std::string> names = loop_drum_names(drums);
    for (std::size_t k = 0; k < drums.size(); ++k) {
        slots.push_back({std::move(drums[k]), names[k]});
    }
    give_keys(slots);
    std::sort(slots.begin(), slots.end(),
              [](const LoopSlot& a, const LoopSlot& b) { return a.key < b.key; });
    return slots;
}

void match_slot(const Recording& loop, LoopSlot& slot, const MatchOptions& options) {
    slot.match = match_hit(loop, loop.hits[slot.drum.cleanest], slot.drum.table,
                           *slot.drum.instrument, options)
                     .front();
    slot.match.patch.name = slot.name;
}

void give_levels(std::vector<LoopSlot>& slots) {
    double most = -1000;
    for (LoopSlot& slot : slots) {
        const Sound sound = mid_of(render(resolve(slot.match.patch)));
        const double length_s = static_cast<double>(sound.samples.size()) / sound.sample_rate_hz;
        const HitTable table = table_of_hit(sound, {.length_s = length_s});
        const double in_loop_db = slot.drum.top_db - stroke_level_db(table);
        const double in_kit_db = target_lu(slot.key) - loudness_lufs(sound);
        slot.gain_db = in_loop_db - in_kit_db;
        most = std::max(most, slot.gain_db);
    }
    for (LoopSlot& slot : slots) {
        slot.gain_db =
            std::max(math::nearest(slot.gain_db - most, 10), kit_keys::gain_range_db.min);
    }
}

std::string loop_slot_json(const LoopSlot& slot) {
    std::vector<std::size_t> hits;
    for (const DrumStroke& stroke : slot.drum.strokes) {
        hits.push_back(stroke.hit + 1);
    }
    PatchTold told = told_of(slot.drum.table, slot.match);
    told.gain_db = slot.gain_db;
    told.hit = slot.drum.cleanest + 1;
    told.hits = std::move(hits);
    return patch_to_json(slot.match.patch, told);
}

}  // namespace drumgen

#include "match/match_hit.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/math.h"
#include "explore/locks.h"
#include "explore/row_patterns.h"
#include "match/difference_words.h"
#include "match/stereo_width.h"
#include "param/render_table.h"

namespace drumgen {
namespace {

/// Settings of the whole sound that are chosen unless told otherwise.
constexpr std::array moving_settings{&RenderSettings::tilt_db, &RenderSettings::transient_db,
                                     &RenderSettings::low_cut_hz, &RenderSettings::high_cut_hz,
                                     &RenderSettings::width};

constexpr std::string_view setting_prefix = "render.";

/// Locks as statements of a patch: "render.tilt_db=2" for "tilt_db=2".
std::vector<std::string> stated_locks(std::vector<std::string> locks) {
    for (std::string& lock : locks) {
        const std::size_t equals = lock.find('=');
        if (equals != lock.npos && !lock.starts_with(setting_prefix) &&
            setting_named(lock.substr(0, equals))) {
            lock.insert(0, setting_prefix);
        }
    }
    return locks;
}

/// The render settings that may be chosen: those that --only names, or else the usual ones,
/// but for what is locked.
std::vector<bool> free_settings(const MatchOptions& options) {
    std::vector<bool> settings(render_parameters().size());
    std::vector<std::string> only = options.only;
    for (const std::size_t setting : settings_among(only)) {
        settings[setting] = true;
    }
    if (options.only.empty()) {
        for (const auto setting : moving_settings) {
            settings[render_row_of(setting)] = true;
        }
    }
    std::vector<std::string> locked = locked_keys(stated_locks(options.lock));
    for (const std::size_t setting : settings_among(locked)) {
        settings[setting] = false;
    }
    return settings;
}

MatchWish wish_for(const Instrument& instrument, const MatchOptions& options) {
    MatchWish wish;
    const std::vector<std::string> locks = stated_locks(options.lock);
    wish.base = locked_base(instrument, options.like, locks);
    wish.starts_at_base = options.like.has_value();
    const Freedom freedom = freedom_with_settings(wish.base, options.only, locked_keys(locks));
    wish.freedom.params = freedom.rows;
    wish.freedom.seed = freedom.seed;
    wish.freedom.render = free_settings(options);
    // It is measured: the search hears the middle.
    wish.freedom.render[render_row_of(&RenderSettings::width)] = false;
    wish.is_whole = options.lock.empty() && options.only.empty() && !options.like;
    wish.count = options.count;
    return wish;
}

/// Puts the width of a recording of two channels into a patch, unless that is locked.
void take_width(const Recording& recording, const Hit& hit, const MatchOptions& options,
                Patch& patch) {
    const std::size_t row = render_row_of(&RenderSettings::width);
    if (recording.side.empty() || !free_settings(options)[row]) {
        return;
    }
    const double width = width_like(recording.sound, recording.side, hit, patch);
    constexpr double least = 0.02;
    patch.render[row].reset();
    if (width > least) {
        patch.render[row] = Value{math::nearest(width, 100), Origin::given};
    }
}

}  // namespace

PatchTold told_of(const HitTable& wanted, const Match& match) {
    return {.distance_db = math::nearest(match.difference.level_db, 100),
            .differs = difference_words(wanted, match.table)};
}

void check_options(const Instrument& instrument, const MatchOptions& options) {
    (void)wish_for(instrument, options);
}

std::vector<Match> match_hit(const Recording& recording, const Hit& hit, const HitTable& wanted,
                             const Instrument& instrument, const MatchOptions& options) {
    MatchWish wish = wish_for(instrument, options);
    wish.evaluations = options.evaluations;
    wish.threads = options.threads;
    wish.watch = options.watch;
    std::vector<Match> matches;
    for (Match& found : search_matches(wanted, wish)) {
        matches.push_back(measured_match(wanted, std::move(found.patch)));
    }
    std::stable_sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
        return a.difference.total() < b.difference.total();
    });
    for (Match& found : matches) {
        take_width(recording, hit, options, found.patch);
    }
    return matches;
}

}  // namespace drumgen

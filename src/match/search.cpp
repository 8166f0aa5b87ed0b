#include "match/search.h"

#include <algorithm>
#include <utility>

#include "base/math.h"
#include "base/parallel.h"
#include "drumgen/render.h"
#include "dsp/context.h"
#include "match/evolution.h"
#include "match/known_sounds.h"
#include "param/normalise.h"

namespace drumgen {
namespace {

/// What leaving the ranges costs, dB for a whole range.
constexpr double outside_db = 4;

class Search {
public:
    Search(const HitTable& wanted, const MatchWish& wish)
        : wanted_(wanted), wish_(wish), space_(wish.base, wish.freedom), meters_(wish.threads) {}

    std::vector<Match> run() {
        std::vector<Run> runs = first_runs();
        const auto part = [this](double share, std::size_t among) {
            return static_cast<std::size_t>(share * static_cast<double>(wish_.evaluations)) / among;
        };
        // Of many that begin the better ones go on.
        for (std::size_t round = 0; round < rounds; ++round) {
            for (Run& run : runs) {
                evolve(run, part(first_share / rounds, runs.size()));
            }
            std::stable_sort(runs.begin(), runs.end(),
                             [](const Run& a, const Run& b) { return nearer(a.best, b.best); });
            runs.erase(runs.begin() + static_cast<std::ptrdiff_t>(std::max(
                                          std::min(wish_.count, runs.size()), runs.size() / 2)),
                       runs.end());
        }
        std::vector<Match> found;
        for (Run& run : runs) {
            found.push_back(std::move(run.best));
        }
        found.resize(std::min(found.size(), wish_.count));
        for (Match& match : found) {
            match = with_best_seed(match, part(seed_share, wish_.count));
            Run again = run_from(match, second_step);
            evolve(again, part(second_share, wish_.count));
            match = std::move(again.best);
            match = step_on(match, part(step_share, wish_.count));
        }
        std::stable_sort(found.begin(), found.end(), nearer);
        return found;
    }

private:
    static bool nearer(const Match& a, const Match& b) {
        return a.difference.total() < b.difference.total();
    }

    std::vector<Match> judge(const std::vector<Patch>& patches) {
        std::vector<Match> judged(patches.size());
        parallel_for(patches.size(), wish_.threads, [&](std::size_t k, unsigned worker) {
            judged[k].patch = patches[k];
            judged[k].table = heard_table(patches[k], meters_[worker]);
            judged[k].difference = difference(wanted_, judged[k].table);
        });
        tried_ += patches.size();
        return judged;
    }

    /// The nearest of a fixed set, and of these with the pitch that was heard.
    std::vector<Match> first_ones() {
        std::vector<Match> judged;
        const std::vector<KnownSound>& known = known_sounds(*wish_.base.instrument, wish_.threads);
        if (wish_.is_whole) {
            for (const KnownSound& sound : known) {
                judged.push_back({sound.patch, difference(wanted_, sound.table), sound.table});
            }
        } else {
            std::vector<Patch> patches;
            for (const KnownSound& sound : known) {
                patches.push_back(space_.patch_at(space_.place_of(sound.patch), sound.patch));
            }
            judged = judge(patches);
        }
        std::stable_sort(judged.begin(), judged.end(), nearer);
        judged.resize(std::min(judged.size(), most_first_runs));
        std::vector<Match> tuned = judge(in_tune(judged));
        judged.insert(judged.end(), tuned.begin(), tuned.end());
        std::stable_sort(judged.begin(), judged.end(), nearer);
        if (wish_.starts_at_base) {
            judged.insert(judged.begin(), judge({wish_.base}).front());
        }
        return judged;
    }

    /// The patches at the pitches that the wanted hit has, at first and at last.
    std::vector<Patch> in_tune(const std::vector<Match>& starts) {
        std::vector<Patch> patches;
        const Instrument& instrument = *wish_.base.instrument;
        if (instrument.value_for_pitch == nullptr || !wish_.freedom.params[instrument.pitch_row]) {
            return patches;
        }
        for (const std::size_t first_window : {std::size_t{0}, std::size_t{4}}) {
            double most = 0;
            double pitch = 0;
            for (std::size_t cell = 0; cell < hit_cells; ++cell) {
                const double tone = static_cast<double>(wanted_.share[cell]) *
                                    static_cast<double>(wanted_.coherence[cell]);
                if (cell % hit_windows >= first_window && tone > most) {
                    most = tone;
                    pitch = static_cast<double>(wanted_.pitch[cell]);
                }
            }
            const Parameter& row = instrument.parameters[instrument.pitch_row];
            const double wanted_value = instrument.value_for_pitch(math::exp(pitch * math::ln_2));
            const double value =
                short_from_normalised(row, std::clamp(normalised(row, wanted_value), 0.0, 1.0));
            for (const Match& start : starts) {
                Patch patch = start.patch;
                patch.params[instrument.pitch_row] = Value{value, Origin::given};
                patches.push_back(std::move(patch));
            }
        }
        return patches;
    }

    /// An evolution, and the best that it has met.
    struct Run {
        Evolution evolution;
        Match best;
        Patch start;
    };

    Run run_from(const Match& start, double step) {
        return {Evolution(space_.place_of(start.patch), step, ++evolutions_), start, start.patch};
    }

    /// The nearest sounds, and the nearest with the seed that nobody states.
    std::vector<Run> first_runs() {
        std::vector<Match> starts = first_ones();
        // Of little effort each gets enough to learn from.
        const std::size_t affordable = wish_.evaluations / least_for_a_run;
        const std::size_t count =
            std::max({std::min(most_first_runs, affordable), wish_.count, std::size_t{1}});
        starts = with_seeds_of_their_own(starts, count);
        if (wish_.freedom.seed && starts.size() > wish_.count) {
            starts.back() = starts.front();
            starts.back().patch.seed = 0;
            starts.back() = judge({starts.back().patch}).front();
        }
        std::vector<Run> runs;
        for (const Match& start : starts) {
            runs.push_back(run_from(start, first_step));
        }
        return runs;
    }

    /// The first ones of a list that have other seeds than those before them.
    static std::vector<Match> with_seeds_of_their_own(const std::vector<Match>& all,
                                                      std::size_t count) {
        std::vector<Match> some;
        for (const Match& match : all) {
            const bool is_known = std::any_of(some.begin(), some.end(), [&match](const Match& one) {
                return one.patch.seed == match.patch.seed;
            });
            if (!is_known && some.size() < count) {
                some.push_back(match);
            }
        }
        for (const Match& match : all) {
            if (some.size() < std::min(count, all.size())) {
                some.push_back(match);  // a locked seed is that of all
            }
        }
        return some;
    }

    void evolve(Run& run, std::size_t evaluations) {
        constexpr double last_step = 0.002;
        if (space_.dimensions() == 0) {
            return;
        }
        Evolution& evolution = run.evolution;
        for (std::size_t done = 0;
             done + evolution.population() <= evaluations && evolution.step() > last_step;
             done += evolution.population()) {
            const std::vector<std::vector<double>>& places = evolution.draw();
            std::vector<Patch> patches;
            for (const std::vector<double>& place : places) {
                patches.push_back(space_.patch_at(place, run.start));
            }
            std::vector<Match> judged = judge(patches);
            std::vector<double> costs;
            for (std::size_t k = 0; k < judged.size(); ++k) {
                costs.push_back(judged[k].difference.total() +
                                outside_db * MatchSpace::outside(places[k]));
                take_if_nearer(std::move(judged[k]), run.best);
            }
            evolution.learn(costs);
            tell(run.best);
        }
    }

    /// The seeds that people type come first.
    Match with_best_seed(Match best, std::size_t evaluations) {
        if (!wish_.freedom.seed) {
            return best;
        }
        std::vector<Patch> patches(evaluations, best.patch);
        for (std::size_t seed = 0; seed < patches.size(); ++seed) {
            patches[seed].seed = seed;
        }
        for (Match& match : judge(patches)) {
            take_if_nearer(std::move(match), best);
        }
        return best;
    }

    /// Single steps of each coordinate, smaller when none leads nearer.
    Match step_on(Match best, std::size_t evaluations) {
        constexpr double last_step = 0.0005;
        double step = 0.02;
        const std::size_t needed = 2 * space_.dimensions();
        for (std::size_t left = evaluations; needed > 0 && left >= needed && step > last_step;
             left -= needed) {
            std::vector<Patch> patches;
            const std::vector<double> place = space_.place_of(best.patch);
            for (std::size_t i = 0; i < place.size(); ++i) {
                for (const double way : {-step, step}) {
                    std::vector<double> other = place;
                    other[i] = std::clamp(other[i] + way, 0.0, 1.0);
                    patches.push_back(space_.patch_at(other, best.patch));
                }
            }
            bool is_better = false;
            for (Match& match : judge(patches)) {
                is_better = take_if_nearer(std::move(match), best) || is_better;
            }
            step = is_better ? step : step / 2;
            tell(best);
        }
        return best;
    }

    void tell(const Match& best) const {
        if (wish_.watch) {
            wish_.watch(tried_, best);
        }
    }

    static bool take_if_nearer(Match&& match, Match& best) {
        const bool is_nearer = nearer(match, best);
        if (is_nearer) {
            best = std::move(match);
        }
        return is_nearer;
    }

    // How the evaluations are shared out, and how far each part strays: what served best on the drums
    // that the proposals were tuned with (./dev bench match).
    static constexpr std::size_t most_first_runs = 8;
    static constexpr std::size_t least_for_a_run = 500;
    static constexpr std::size_t rounds = 3;
    static constexpr double first_share = 0.6;
    static constexpr double seed_share = 0.1;
    static constexpr double second_share = 0.2;
    static constexpr double step_share = 0.1;
    static constexpr double first_step = 0.15;
    static constexpr double second_step = 0.05;

    const HitTable& wanted_;
    const MatchWish& wish_;
    MatchSpace space_;
    std::vector<HitMeter> meters_;
    std::uint64_t evolutions_ = 0;
    std::size_t tried_ = 0;
};

}  // namespace

std::vector<Match> search_matches(const HitTable& wanted, const MatchWish& wish) {
    return Search(wanted, wish).run();
}

Match measured_match(const HitTable& wanted, Patch patch) {
    Resolved resolved = resolve(patch);
    resolved.render.rate_hz = stream_rate_hz;
    resolved.render.width.reset();
    const Sound sound = render(resolved);
    HitMeter meter;
    Match match;
    match.table = meter(sound.samples.data(), sound.samples.size(), kernels());
    match.patch = std::move(patch);
    match.difference = difference(wanted, match.table);
    return match;
}

}  // namespace drumgen

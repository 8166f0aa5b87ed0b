#include "match/loop_drums.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "base/math.h"
#include "base/units.h"
#include "match/recognise.h"

namespace drumgen {
namespace {

constexpr std::size_t compared_windows = 4;  ///< 0..80 ms, which nearly every hit has
constexpr std::size_t compared_cells = hit_bands * compared_windows;
using Energies = std::array<double, compared_cells>;

/// One hit as it is compared.
struct HeardHit {
    HitTable table;
    double whole_energy = 0;  ///< with what still sounds from before
    Energies energy{};        ///< of the compared cells
    std::size_t windows = 0;
    const Instrument* like = nullptr;
    double level_db = 0;
};

bool is_known(std::size_t cell, std::size_t windows) {
    return cell % compared_windows < windows;
}

HeardHit heard_hit(const Sound& recording, const Hit& hit) {
    HeardHit heard;
    const HitTable whole = table_of_hit(recording, hit);
    heard.whole_energy = whole.energy;
    heard.table = table_in_loop(recording, hit, whole);
    heard.windows = std::min(heard.table.windows, compared_windows);
    for (std::size_t band = 0; band < hit_bands; ++band) {
        for (std::size_t window = 0; window < heard.windows; ++window) {
            heard.energy[band * compared_windows + window] =
                static_cast<double>(heard.table.share[band * hit_windows + window]) *
                heard.table.energy;
        }
    }
    heard.like = instruments_in_loop(heard.table).front();
    heard.level_db = stroke_level_db(heard.table);
    return heard;
}

/// How alike two spectra are, 0..1: the cosine of their amplitudes, so that what is loudest counts.
double likeness(const Energies& a, const Energies& b, std::size_t windows) {
    double both = 0;
    double of_a = 0;
    double of_b = 0;
    for (std::size_t cell = 0; cell < compared_cells; ++cell) {
        if (is_known(cell, windows)) {
            both += math::sqrt(a[cell] * b[cell]);
            of_a += a[cell];
            of_b += b[cell];
        }
    }
    return of_a > 0 && of_b > 0 ? both / math::sqrt(of_a * of_b) : 0;
}

/// Hits that sound alike.
struct Group {
    std::vector<std::size_t> hits;
    Energies middle{};  ///< mean of them, each with the same energy
};

Energies middle_of(const std::vector<std::size_t>& members, const std::vector<HeardHit>& heard) {
    Energies sum{};
    Energies count{};
    for (const std::size_t hit : members) {
        const double all = std::accumulate(heard[hit].energy.begin(), heard[hit].energy.end(), 0.0);
        for (std::size_t cell = 0; cell < compared_cells; ++cell) {
            if (all > 0 && is_known(cell, heard[hit].windows)) {
                sum[cell] += heard[hit].energy[cell] / all;
                count[cell] += 1;
            }
        }
    }
    for (std::size_t cell = 0; cell < compared_cells; ++cell) {
        sum[cell] = count[cell] > 0 ? sum[cell] / count[cell] : 0;
    }
    return sum;
}

/// The instrument that most of them sound like.
const Instrument* instrument_of(const std::vector<std::size_t>& members,
                                const std::vector<HeardHit>& heard) {
    std::map<std::string_view, std::pair<int, const Instrument*>> votes;
    for (const std::size_t hit : members) {
        auto& [count, instrument] = votes[heard[hit].like->name];
        ++count;
        instrument = heard[hit].like;
    }
    return std::max_element(
               votes.begin(), votes.end(),
               [](const auto& a, const auto& b) { return a.second.first < b.second.first; })
        ->second.second;
}

constexpr double alike = 0.86;        ///< two hits of one drum
constexpr double nearly_alike = 0.7;  ///< when they are of one instrument, too
constexpr std::size_t most_drums = 32;

/// Groups by leaders, the loudest first, and the nearest leader counts.
std::vector<Group> groups_of(const std::vector<HeardHit>& heard) {
    std::vector<std::size_t> order(heard.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&heard](std::size_t a, std::size_t b) {
        return heard[a].level_db > heard[b].level_db;
    });
    std::vector<Group> groups;
    const auto nearest = [&groups, &heard](std::size_t hit) {
        std::pair<double, std::size_t> best{-1, 0};
        for (std::size_t g = 0; g < groups.size(); ++g) {
            best = std::max(best,
                            {likeness(heard[hit].energy, groups[g].middle, heard[hit].windows), g});
        }
        return best;
    };
    for (const std::size_t hit : order) {
        const auto [like, group] = nearest(hit);
        if (like < alike && groups.size() < most_drums) {
            groups.push_back({{hit}, middle_of({hit}, heard)});
        } else {
            groups[group].hits.push_back(hit);
        }
    }
    constexpr int rounds = 4;
    for (int round = 0; round < rounds; ++round) {
        for (Group& group : groups) {
            group.middle = middle_of(group.hits, heard);
            group.hits.clear();
        }
        for (const std::size_t hit : order) {
            groups[nearest(hit).second].hits.push_back(hit);
        }
        std::erase_if(groups, [](const Group& group) { return group.hits.empty(); });
    }
    return groups;
}

/// Joins groups of one instrument that are nearly alike, the nearest first.
void join_groups(std::vector<Group>& groups, const std::vector<HeardHit>& heard) {
    while (groups.size() > 1) {
        double most = 0;
        std::pair<std::size_t, std::size_t> pair;
        for (std::size_t a = 0; a < groups.size(); ++a) {
            for (std::size_t b = a + 1; b < groups.size(); ++b) {
                const bool is_one =
                    instrument_of(groups[a].hits, heard) == instrument_of(groups[b].hits, heard);
                const double like = likeness(groups[a].middle, groups[b].middle, compared_windows);
                const double above = like - (is_one ? nearly_alike : alike);
                if (above > most) {
                    most = above;
                    pair = {a, b};
                }
            }
        }
        if (most <= 0) {
            return;
        }
        auto& [hits, middle] = groups[pair.first];
        const Group& other = groups[pair.second];
        hits.insert(hits.end(), other.hits.begin(), other.hits.end());
        middle = middle_of(hits, heard);
        groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(pair.second));
    }
}

/// How much of each spectrum a hit holds, by which all together come nearest to it.
/// Source: Lee and Seung, "Algorithms for non-negative matrix factorization", 2001 (divergence).
std::vector<double> parts_of(const Energies& hit, std::size_t windows,
                             const std::vector<Energies>& spectra) {
    std::vector<double> parts(spectra.size(), 1.0);
    std::vector<double> sums(spectra.size(), 0.0);
    double all = 0;
    for (std::size_t cell = 0; cell < compared_cells; ++cell) {
        if (is_known(cell, windows)) {
            all += hit[cell];
            for (std::size_t k = 0; k < spectra.size(); ++k) {
                sums[k] += spectra[k][cell];
            }
        }
    }
    for (std::size_t k = 0; k < spectra.size(); ++k) {
        parts[k] = all / std::max(sums[k], 1e-12) / static_cast<double>(spectra.size());
    }
    constexpr int rounds = 60;
    for (int round = 0; round < rounds; ++round) {
        std::vector<double> pulls(spectra.size(), 0.0);
        for (std::size_t cell = 0; cell < compared_cells; ++cell) {
            if (!is_known(cell, windows)) {
                continue;
            }
            double model = 1e-15 * all + 1e-30;
            for (std::size_t k = 0; k < spectra.size(); ++k) {
                model += parts[k] * spectra[k][cell];
            }
            for (std::size_t k = 0; k < spectra.size(); ++k) {
                pulls[k] += spectra[k][cell] * hit[cell] / model;
            }
        }
        for (std::size_t k = 0; k < spectra.size(); ++k) {
            parts[k] *= pulls[k] / std::max(sums[k], 1e-12);
        }
    }
    return parts;
}

/// How much of a part's own energy lies where it makes up most of a hit.
double own_share(std::size_t part, const std::vector<double>& parts,
                 const std::vector<Energies>& spectra, std::size_t windows) {
    double own = 0;
    double all = 0;
    for (std::size_t cell = 0; cell < compared_cells; ++cell) {
        if (!is_known(cell, windows)) {
            continue;
        }
        double model = 0;
        for (std::size_t k = 0; k < spectra.size(); ++k) {
            model += parts[k] * spectra[k][cell];
        }
        const double mine = parts[part] * spectra[part][cell];
        all += mine;
        own += mine > 0.6 * model ? mine : 0;
    }
    return all > 0 ? own / all : 0;
}

/// What is against taking a hit for its drum's sound: other drums in it, what still sounds from
/// before, that it is short or soft.
double blemish(const HeardHit& hit, const Energies& least, double top_db) {
    const double all = std::accumulate(hit.energy.begin(), hit.energy.end(), 0.0);
    double more = 0;
    for (std::size_t cell = 0; cell < compared_cells; ++cell) {
        if (is_known(cell, hit.windows) && all > 0) {
            more += std::max(hit.energy[cell] / all - least[cell], 0.0);
        }
    }
    const double before =
        hit.table.energy > 0 ? std::max(hit.whole_energy / hit.table.energy - 1, 0.0) : 1.0;
    const auto missing = static_cast<double>(hit_windows - hit.table.windows);
    return 3 * more + std::min(before, 2.0) + 0.4 * missing + (top_db - hit.level_db) / 12;
}

/// What all hits of a group hold: the lower quartile of each cell.
Energies least_of(const std::vector<std::size_t>& members, const std::vector<HeardHit>& heard) {
    Energies least{};
    std::vector<double> cells;
    for (std::size_t cell = 0; cell < compared_cells; ++cell) {
        cells.clear();
        for (const std::size_t hit : members) {
            const Energies& energy = heard[hit].energy;
            const double all = std::accumulate(energy.begin(), energy.end(), 0.0);
            if (is_known(cell, heard[hit].windows) && all > 0) {
                cells.push_back(energy[cell] / all);
            }
        }
        if (!cells.empty()) {
            const auto quartile =
                cells.begin() + static_cast<std::ptrdiff_t>((cells.size() - 1) / 4);
            std::nth_element(cells.begin(), quartile, cells.end());
            least[cell] = *quartile;
        }
    }
    return least;
}

/// How far a sound has fallen after 80 ms, dB of its power in the first 15 ms.
std::optional<double> fall_db(const HitTable& table) {
    double early = 0;
    double late = 0;
    constexpr std::size_t late_window = 4;
    for (std::size_t band = 0; band < hit_bands; ++band) {
        const float* const shares = table.share.data() + band * hit_windows;
        early += static_cast<double>(shares[0] + shares[1]);
        late += static_cast<double>(shares[late_window]);
    }
    if (table.windows <= late_window) {
        return std::nullopt;
    }
    const double late_ms = hit_edges_ms[late_window + 1] - hit_edges_ms[late_window];
    return db_from_power(std::max(early / hit_edges_ms[2], 1e-12) /
                         std::max(late / late_ms, 1e-15));
}

/// The middle of a sound's energy, octaves above 1 Hz.
double pitch_of(const HitTable& table) {
    double sum = 0;
    double all = 0;
    for (std::size_t cell = 0; cell < hit_cells; ++cell) {
        sum += static_cast<double>(table.share[cell] * table.pitch[cell]);
        all += static_cast<double>(table.share[cell]);
    }
    return all > 0 ? sum / all : 0;
}

}  // namespace

double stroke_level_db(const HitTable& table) {
    double sum = 0;
    for (std::size_t cell = 0; cell < hit_cells; ++cell) {
        if (cell % hit_windows < compared_windows) {
            sum += static_cast<double>(table.share[cell]);
        }
    }
    return db_from_power(std::max(sum * table.energy, 1e-20));
}

std::vector<LoopDrum> drums_of_loop(const Sound& recording, const std::vector<Hit>& hits) {
    std::vector<HeardHit> heard;
    for (const Hit& hit : hits) {
        heard.push_back(heard_hit(recording, hit));
    }
    std::vector<Group> groups = groups_of(heard);
    join_groups(groups, heard);
    std::vector<LoopDrum> drums;
    std::vector<Energies> spectra;
    std::vector<double> usual_db;
    for (const Group& group : groups) {
        LoopDrum drum;
        drum.instrument = instrument_of(group.hits, heard);
        drum.top_db = -1000;
        for (const std::size_t hit : group.hits) {
            drum.top_db = std::max(drum.top_db, heard[hit].level_db);
        }
        const Energies least = least_of(group.hits, heard);
        double fewest = 1e9;
        for (const std::size_t hit : group.hits) {
            const double blemishes = blemish(heard[hit], least, drum.top_db);
            if (blemishes < fewest) {
                fewest = blemishes;
                drum.cleanest = hit;
            }
        }
        drum.table = heard[drum.cleanest].table;
        drum.fall_db = fall_db(drum.table);
        drum.pitch = pitch_of(drum.table);
        spectra.push_back(middle_of({drum.cleanest}, heard));
        usual_db.push_back(heard[drum.cleanest].level_db);
        drums.push_back(std::move(drum));
    }
    // Which drums each hit is of, and how loud each of these is.
    for (std::size_t g = 0; g < groups.size(); ++g) {
        for (const std::size_t hit : groups[g].hits) {
            const std::vector<double> parts =
                parts_of(heard[hit].energy, heard[hit].windows, spectra);
            const double all = std::accumulate(parts.begin(), parts.end(), 0.0);
            for (std::size_t k = 0; k < drums.size(); ++k) {
                const double level_db = db_from_power(std::max(parts[k], 1e-20));
                constexpr double softest_db = 12;  // below what is usual
                constexpr double least_own = 0.3;
                const bool is_there = level_db > usual_db[k] - softest_db &&
                                      own_share(k, parts, spectra, heard[hit].windows) > least_own;
                if (k == g) {
                    constexpr double least_part = 0.1;
                    drums[k].strokes.push_back(
                        {hit, parts[k] > least_part * all ? level_db : heard[hit].level_db});
                } else if (is_there) {
                    drums[k].strokes.push_back({hit, level_db});
                }
            }
        }
    }
    for (LoopDrum& drum : drums) {
        std::sort(drum.strokes.begin(), drum.strokes.end(),
                  [](const DrumStroke& a, const DrumStroke& b) { return a.hit < b.hit; });
        drum.top_db = -1000;
        for (const DrumStroke& stroke : drum.strokes) {
            drum.top_db = std::max(drum.top_db, stroke.level_db);
        }
    }
    return drums;
}

}  // namespace drumgen

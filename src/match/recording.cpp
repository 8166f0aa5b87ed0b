#include "match/recording.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <utility>

#include "base/math.h"
#include "base/text.h"
#include "base/units.h"
#include "drumgen/error.h"
#include "dsp/context.h"
#include "dsp/fir_design.h"
#include "match/hit_table.h"

namespace drumgen {
namespace {

double to_db(double ratio) {
    constexpr double least = 1e-10;
    return db_from_gain(std::max(ratio, least));
}

double largest_of(const float* samples, std::size_t count) {
    float largest = 0;
    for (std::size_t k = 0; k < count; ++k) {
        largest = std::max(largest, samples[k] < 0 ? -samples[k] : samples[k]);
    }
    return static_cast<double>(largest);
}

/// The sample that a hit begins with, which what sounds before it may hide: near `at`, where its
/// band of frequencies told of it.
std::size_t exact_onset(const Signal& samples, std::size_t at, double rate_hz) {
    const auto frames = [rate_hz](double seconds) {
        return static_cast<std::size_t>(seconds * rate_hz);
    };
    const std::size_t first = at - std::min(at, frames(0.01));
    const std::size_t end = std::min(samples.size(), at + frames(0.05));
    const std::size_t onset = first + onset_of(samples.data() + first, end - first, frames(0.005));
    return onset == first || onset > at + frames(0.012) ? at : onset;
}

/// Resamples a stretch by a windowed sinc to stream_rate_hz.
class Resampling {
public:
    explicit Resampling(double rate_hz)
        : ratio_(rate_hz / stream_rate_hz),
          half_(half_of(ratio_)),
          sinc_(0.5 * pass() / std::max(ratio_, 1.0), half_, kaiser_beta(attenuation_db)) {}

    /// The value of `in` at a place between its samples; beyond its ends it is silent.
    [[nodiscard]] float at(const Signal& in, double place) {
        const std::int64_t whole = math::floor(place);
        const double part = place - static_cast<double>(whole);
        const std::vector<float>& weights = weights_at(part);
        float sum = 0;
        const auto reach = static_cast<std::int64_t>(half_);
        for (std::int64_t k = -reach + 1; k <= reach; ++k) {
            const std::int64_t from = whole + k;
            if (from >= 0 && from < static_cast<std::int64_t>(in.size())) {
                sum += weights[static_cast<std::size_t>(k + reach - 1)] *
                       in[static_cast<std::size_t>(from)];
            }
        }
        return sum;
    }

    [[nodiscard]] double ratio() const noexcept { return ratio_; }

private:
    static constexpr double attenuation_db = 80;
    static constexpr double pass() {
        return 0.95;
    }  // of half the lower rate: the middle of the slope
    static constexpr double slope = 0.1;

    static int half_of(double ratio) {
        const double half = kaiser_half_length(attenuation_db, 0.5 * slope / std::max(ratio, 1.0));
        return static_cast<int>(math::ceil(half));
    }

    /// Rates of a simple ratio meet the same few places again and again.
    const std::vector<float>& weights_at(double part) {
        constexpr double places = 1 << 20;
        const std::int64_t key = math::floor(part * places + 0.5);
        const auto found = known_.find(key);
        if (found != known_.end()) {
            return found->second;
        }
        constexpr std::size_t most = 2048;
        if (known_.size() >= most) {
            known_.clear();
        }
        std::vector<float> weights;
        for (int k = -half_ + 1; k <= half_; ++k) {
            weights.push_back(static_cast<float>(sinc_(k - part)));
        }
        return known_.emplace(key, std::move(weights)).first->second;
    }

    double ratio_;
    int half_;
    WindowedSinc sinc_;
    std::map<std::int64_t, std::vector<float>> known_;
};

}  // namespace

Recording recording_of(const Sound& sound, double sensitivity, const std::string& place,
                       std::vector<std::string>& notes) {
    const auto refuse = [&place](const std::string& problem) {
        throw Error(Status::invalid, message(place, "", problem));
    };
    if (const std::string problem = rate_problem(sound.sample_rate_hz); !problem.empty()) {
        refuse(problem);
    }
    Recording recording{mid_of(sound), side_of(sound), {}};
    if (const double offset = take_out_offset(recording.sound); offset != 0) {
        notes.push_back(message(
            place, "", formatted("has a DC offset of {}, which is taken out", fixed(offset, 4))));
    }
    recording.hits = find_hits(recording.sound, sensitivity);
    if (recording.hits.empty()) {
        refuse(sound.is_stereo()
                   ? "is silent, or its channels cancel each other out; there is no hit"
                   : "is silent; there is no hit to match");
    }
    return recording;
}

double take_out_offset(Sound& recording) {
    double sum = 0;
    double energy = 0;
    for (const float sample : recording.samples) {
        const auto x = static_cast<double>(sample);
        sum += x;
        energy += x * x;
    }
    const double mean = sum / static_cast<double>(recording.samples.size());
    constexpr double least_share = 1.0 / 16;  // of the power
    if (mean * sum < least_share * energy || energy == 0) {
        return 0;
    }
    for (float& sample : recording.samples) {
        sample = static_cast<float>(static_cast<double>(sample) - mean);
    }
    return mean;
}

std::vector<Hit> find_hits(const Sound& recording, double sensitivity) {
    const Signal& samples = recording.samples;
    const double rate = recording.sample_rate_hz;
    constexpr double silent = 1e-5;
    if (largest_of(samples.data(), samples.size()) < silent) {
        return {};
    }
    std::vector<std::size_t> begins;
    for (const double onset_s : onsets_of(recording, sensitivity)) {
        const auto at = static_cast<std::size_t>(onset_s * rate);
        begins.push_back(begins.empty() ? 0 : exact_onset(samples, at, rate));
    }
    std::vector<Hit> hits;
    for (std::size_t n = 0; n < begins.size(); ++n) {
        const std::size_t end = n + 1 < begins.size() ? begins[n + 1] : samples.size();
        // A soft beginning belongs to the first hit.
        const std::size_t onset = n == 0 ? onset_of(samples.data(), end) : begins[n];
        Hit hit;
        hit.at_s = static_cast<double>(onset) / rate;
        hit.length_s = static_cast<double>(end - onset) / rate;
        hit.peak_db = to_db(largest_of(samples.data() + onset, end - onset));
        hit.is_cut = n + 1 < begins.size();
        hits.push_back(hit);
    }
    return hits;
}

Signal hit_samples(const Sound& recording, const Hit& hit) {
    Resampling resampling(recording.sample_rate_hz);
    const double lead = static_cast<double>(hit_lead_frames) + 8;
    const double start = hit.at_s * recording.sample_rate_hz - lead * resampling.ratio();
    const double length =
        std::min(hit.length_s * stream_rate_hz, static_cast<double>(hit_frames)) + lead;
    Signal samples;
    if (resampling.ratio() == 1) {
        const std::int64_t first = std::max<std::int64_t>(math::floor(start + 0.5), 0);
        const auto count = static_cast<std::int64_t>(recording.samples.size());
        const std::int64_t last = std::min(first + math::floor(length), count);
        samples.assign(recording.samples.begin() + first, recording.samples.begin() + last);
        return samples;
    }
    for (double k = 0; k < length; ++k) {
        samples.push_back(resampling.at(recording.samples, start + k * resampling.ratio()));
    }
    return samples;
}

std::size_t known_windows(const Hit& hit) noexcept {
    if (!hit.is_cut) {
        return hit_windows;
    }
    std::size_t windows = 1;
    while (windows < hit_windows && hit_edges_ms[windows + 1] <= hit.length_s * 1000) {
        ++windows;
    }
    return windows;
}

HitTable table_of_hit(const Sound& recording, const Hit& hit) {
    const Signal samples = hit_samples(recording, hit);
    HitTable table = HitMeter()(samples.data(), samples.size(), kernels());
    table.windows = known_windows(hit);
    return table;
}

HitTable table_in_loop(const Sound& recording, const Hit& hit, HitTable table) {
    std::array<double, hit_cells> energies{};
    for (std::size_t cell = 0; cell < hit_cells; ++cell) {
        if (cell % hit_windows < table.windows) {
            energies[cell] = static_cast<double>(table.share[cell]) * table.energy;
        }
    }
    // The windows of what was before, from 80 ms on: 15..35 and 35..79 ms of these are measured.
    constexpr double before_s = 0.08;
    constexpr double apart_s = 0.001;
    if (hit.at_s > before_s + apart_s) {
        const Signal samples =
            hit_samples(recording, {hit.at_s - before_s, before_s - apart_s, 0, true});
        const HitTable before = HitMeter()(samples.data(), samples.size(), kernels());
        constexpr std::size_t early_window = 2;
        constexpr std::size_t late_window = 3;
        constexpr double early_ms = 20;
        constexpr double late_ms = 44;
        constexpr double between_ms = 32;  // of their middles
        constexpr double behind_ms = 23;   // from the later one's to the hit
        for (std::size_t band = 0; band < hit_bands; ++band) {
            const auto power = [&](std::size_t window, double length_ms) {
                const float share = before.share[band * hit_windows + window];
                return static_cast<double>(share) * before.energy / length_ms;
            };
            constexpr double least = 1e-12;
            const double late = power(late_window, late_ms) + least;
            const double ratio =
                std::clamp(late / (power(early_window, early_ms) + least), 1e-3, 1 - 1e-6);
            const double per_ms = math::log(ratio) / between_ms;
            const double left = late * math::exp(per_ms * behind_ms);
            for (std::size_t window = 0; window < table.windows; ++window) {
                const double falls = math::exp(per_ms * hit_edges_ms[window]) -
                                     math::exp(per_ms * hit_edges_ms[window + 1]);
                double& energy = energies[band * hit_windows + window];
                energy = std::max(energy - left * falls / -per_ms, 0.0);
            }
        }
    }
    take_energies(energies, table);
    return table;
}

namespace {

/// How much of a sound is above a thousandth of its peak, as far as it is measured; and that peak.
std::pair<std::size_t, float> heard_part(const Signal& sound) {
    const std::size_t most = std::min(sound.size(), hit_frames);
    float peak = 0;
    for (std::size_t k = 0; k < most; ++k) {
        peak = std::max(peak, sound[k] < 0 ? -sound[k] : sound[k]);
    }
    std::size_t count = most;
    while (count > 0 && sound[count - 1] <= peak / 1000 && sound[count - 1] >= -peak / 1000) {
        --count;
    }
    return {count, peak};
}

}  // namespace

Sound side_by_side(const Sound& recording, const Hit& hit, const Patch& patch) {
    Resolved resolved = resolve(patch);
    resolved.render.rate_hz = stream_rate_hz;
    resolved.render.width.reset();
    const std::array sounds{hit_samples(recording, hit), render(resolved).samples};
    constexpr std::size_t gap = 2400;
    const std::size_t length =
        std::max(heard_part(sounds[0]).first, heard_part(sounds[1]).first) + gap;
    Sound both{{}, stream_rate_hz};
    for (const Signal& sound : sounds) {
        const auto [count, peak] = heard_part(sound);
        for (std::size_t k = 0; k < length; ++k) {
            both.samples.push_back(k < count && peak > 0 ? sound[k] / peak : 0.0F);
        }
    }
    return both;
}

}  // namespace drumgen

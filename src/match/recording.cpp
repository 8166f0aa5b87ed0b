#include "match/recording.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <utility>

#include "base/math.h"
#include "base/units.h"
#include "dsp/context.h"
#include "dsp/fir_design.h"
#include "match/hit_table.h"

namespace drumgen {
namespace {

double to_db(double ratio) {
    constexpr double least = 1e-10;
    return db_from_gain(std::max(ratio, least));
}

/// The largest sample of each step of time.
std::vector<double> peaks_of(const Signal& samples, std::size_t step) {
    std::vector<double> peaks((samples.size() + step - 1) / step, 0.0);
    for (std::size_t k = 0; k < samples.size(); ++k) {
        const auto size = static_cast<double>(samples[k] < 0 ? -samples[k] : samples[k]);
        peaks[k / step] = std::max(peaks[k / step], size);
    }
    return peaks;
}

/// Where hits begin, in steps. A hit rises over what is left of the one before it, whose level is
/// taken to fall slowly, so that neither beating nor the hands of a clap are hits of their own.
std::vector<std::size_t> rises_of(const std::vector<double>& peaks, double step_s) {
    constexpr double fall_db_per_s = 90;
    constexpr double rise_db = 8;
    constexpr double range_db = 36;
    constexpr double least_gap_s = 0.06;
    const double loudest_db = to_db(*std::max_element(peaks.begin(), peaks.end()));
    constexpr std::size_t rise_steps = 6;  // a rise may take as long
    const double floor_db = loudest_db - range_db - rise_db;
    std::vector<std::size_t> rises;
    std::vector<double> left_db;
    for (std::size_t k = 0; k < peaks.size(); ++k) {
        const double db = to_db(peaks[k]);
        const double before_db = k < rise_steps ? floor_db : left_db[k - rise_steps];
        const double fallen_db = k == 0 ? floor_db : left_db[k - 1] - fall_db_per_s * step_s;
        const bool is_apart =
            rises.empty() || static_cast<double>(k - rises.back()) * step_s >= least_gap_s;
        if (db >= before_db + rise_db && is_apart) {
            rises.push_back(k);
        }
        left_db.push_back(std::max({fallen_db, floor_db, db}));
    }
    return rises.empty() ? std::vector<std::size_t>{0} : rises;
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

std::vector<Hit> find_hits(const Sound& recording) {
    const Signal& samples = recording.samples;
    const double rate = recording.sample_rate_hz;
    const auto step = static_cast<std::size_t>(std::max(rate * 0.0025, 1.0));
    const std::vector<double> peaks = peaks_of(samples, step);
    constexpr double silent = 1e-5;
    if (peaks.empty() || *std::max_element(peaks.begin(), peaks.end()) < silent) {
        return {};
    }
    const double step_s = static_cast<double>(step) / rate;
    const std::vector<std::size_t> rises = rises_of(peaks, step_s);
    std::vector<Hit> hits;
    for (std::size_t n = 0; n < rises.size(); ++n) {
        // A soft beginning belongs to its hit.
        constexpr std::size_t before = 4;
        const std::size_t first =
            n == 0 ? 0 : step * (rises[n] - std::min<std::size_t>(before, rises[n]));
        const std::size_t end =
            n + 1 < rises.size() ? step * (rises[n + 1] - before) : samples.size();
        const std::size_t onset =
            first + onset_of(samples.data() + first, end - first, n == 0 ? 0 : step * 2);
        Hit hit;
        hit.at_s = static_cast<double>(onset) / rate;
        hit.length_s = static_cast<double>(end - onset) / rate;
        hit.peak_db = to_db(*std::max_element(
            peaks.begin() + static_cast<std::ptrdiff_t>(first / step),
            peaks.begin() + static_cast<std::ptrdiff_t>((end + step - 1) / step)));
        hit.is_cut = n + 1 < rises.size();
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

#include "match/tempo.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/math.h"

namespace drumgen {
namespace {

constexpr double lowest = 60;
constexpr double highest = 200;

class HitPulses {
public:
    HitPulses(const std::vector<double>& at_s, const std::vector<double>& weight)
        : at_s_(at_s), weight_(weight) {}

    /// How well hits agree with a pulse of that many a minute: 1 when all are on it.
    [[nodiscard]] double agreement(double per_minute) const {
        double re = 0;
        double im = 0;
        double all = 0;
        for (std::size_t k = 0; k < at_s_.size(); ++k) {
            const double cycles = at_s_[k] * per_minute / 60;
            re += weight_[k] * math::cos_cycles(cycles);
            im += weight_[k] * math::sin_cycles(cycles);
            all += weight_[k];
        }
        return all > 0 ? math::sqrt(re * re + im * im) / all : 0;
    }

    /// Of a tempo, all its pulses together.
    [[nodiscard]] double score(double bpm) const {
        constexpr std::array<double, 4> parts{0.5, 1, 2, 4};
        constexpr std::array<double, 4> shares{0.6, 0.8, 1.0, 0.6};
        double sum = 0;
        for (std::size_t k = 0; k < parts.size(); ++k) {
            const double agrees = agreement(bpm * parts[k]);
            sum += shares[k] * agrees * agrees;
        }
        constexpr double usual = 115;
        constexpr double width = 0.7;  // octaves
        const double octaves = math::log(bpm / usual) / math::ln_2 / width;
        return sum * math::exp(-0.5 * octaves * octaves);
    }

private:
    const std::vector<double>& at_s_;
    const std::vector<double>& weight_;
};

/// The line through hits on sixteenths: how long one takes, and how sure that is.
struct Fit {
    double step_s = 0;
    double error_s = 0;
};

Fit fitted_step(const std::vector<double>& at_s, const std::vector<double>& weight, double step_s) {
    double all = 0;
    double mean_n = 0;
    double mean_t = 0;
    std::vector<double> number;
    for (std::size_t k = 0; k < at_s.size(); ++k) {
        number.push_back(static_cast<double>(math::floor((at_s[k] - at_s[0]) / step_s + 0.5)));
        all += weight[k];
        mean_n += weight[k] * number[k];
        mean_t += weight[k] * at_s[k];
    }
    if (all <= 0) {
        return {step_s, 0};
    }
    mean_n /= all;
    mean_t /= all;
    double nn = 0;
    double nt = 0;
    double tt = 0;
    for (std::size_t k = 0; k < at_s.size(); ++k) {
        const double n = number[k] - mean_n;
        const double t = at_s[k] - mean_t;
        nn += weight[k] * n * n;
        nt += weight[k] * n * t;
        tt += weight[k] * t * t;
    }
    if (nn <= 0 || nt <= 0) {
        return {step_s, 0};
    }
    const double slope = nt / nn;
    const double left = std::max(tt - slope * nt, 0.0) / all;
    const double count = std::max(static_cast<double>(at_s.size()) - 2, 1.0);
    return {slope, math::sqrt(left / (nn / all) / count)};
}

}  // namespace

Tempo tempo_of(const std::vector<double>& at_s, const std::vector<double>& weight,
               double length_s) {
    const HitPulses pulses(at_s, weight);
    // Fine enough that the last sixteenth moves by a tenth of its length.
    const double span_s = std::max(at_s.back() - at_s.front(), 0.1);
    const double step = std::clamp(1.5 / span_s, 0.02, 0.5);
    double best = 0;
    double best_score = -1;
    for (double bpm = lowest; bpm <= highest; bpm += step) {
        const double score = pulses.score(bpm);
        if (score > best_score) {
            best = bpm;
            best_score = score;
        }
    }
    Fit fit;
    for (int round = 0; round < 3; ++round) {
        fit = fitted_step(at_s, weight, 60 / best / 4);
        best = std::clamp(15 / fit.step_s, 0.97 * best, 1.03 * best);
    }
    // Hats tell as well of the double; most loops are told in this octave.
    constexpr double usual_highest = 160;
    if (best > usual_highest) {
        best /= 2;
    }
    Tempo tempo{best, best * fit.error_s / fit.step_s};
    // A loop that was cut to bars tells more exactly.
    const double bars = length_s * best / 240;
    const auto whole = static_cast<double>(math::floor(bars + 0.5));
    constexpr double near = 0.004;
    if (whole >= 1 && (bars > whole ? bars - whole : whole - bars) < near * whole) {
        tempo = {240 * whole / length_s, 0};
    }
    return tempo;
}

}  // namespace drumgen

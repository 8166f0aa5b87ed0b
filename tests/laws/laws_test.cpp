// What must be true of every render, of every instrument.
#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <complex>
#include <numeric>
#include <thread>
#include <vector>

#include "base/units.h"
#include "drumgen/patch_json.h"
#include "dsp/true_peak.h"
#include "fine_spectrum.h"
#include "law_patches.h"
#include "listen.h"
#include "measure/features.h"
#include "measure/verdict.h"
#include "param/state.h"
#include "render/loudness.h"
#include "render/render_with.h"
#include "sound_file/patch_wav.h"

using namespace drumgen;

namespace {

double magnitude(float x) {
    return std::abs(static_cast<double>(x));
}

/// Energy of each 5 ms window that begins at a multiple of a millisecond.
std::vector<double> window_energies(const Sound& sound) {
    const auto step = static_cast<std::size_t>(sound.sample_rate_hz / 1000);
    const std::size_t length = 5 * step;
    std::vector<double> energies;
    for (std::size_t at = 0; at + length <= sound.samples.size(); at += step) {
        double energy = 0;
        for (std::size_t k = at; k < at + length; ++k) {
            energy += magnitude(sound.samples[k]) * magnitude(sound.samples[k]);
        }
        energies.push_back(energy);
    }
    return energies;
}

/// How many samples at its end must be quiet.
std::ptrdiff_t end_of(const Sound& sound) {
    return static_cast<std::ptrdiff_t>(end_length(sound.sample_rate_hz));
}

void check_level_laws(const Patch& patch) {
    const std::string patch_text = patch_to_json(patch);
    CAPTURE(patch_text);
    const Sound sound = render(resolve(patch));
    const Signal& x = sound.samples;
    REQUIRE(x.size() >= 64);

    double sum = 0;
    bool finite = true;
    for (const float sample : x) {
        sum += static_cast<double>(sample);
        finite = finite && std::isfinite(sample);
    }
    CHECK(finite);
    CHECK(std::abs(sum / static_cast<double>(x.size())) <= 1e-4);
    CHECK(x.front() == 0);
    CHECK(x.back() == 0);
    const auto loud_end =
        std::any_of(x.end() - end_of(sound), x.end(), [](float s) { return magnitude(s) >= 1e-3; });
    CHECK_FALSE(loud_end);

    Signal padded(x.size() + 3 * true_peak_margin, 0.0F);
    std::copy(x.begin(), x.end(), padded.begin() + true_peak_margin);
    const float peak = true_peak(padded.data() + true_peak_margin,
                                 static_cast<std::int64_t>(x.size()), Bandwidth::any, kernels());
    CHECK(peak <= 0.95F);
    const bool silent = std::all_of(x.begin(), x.end(), [](float s) { return s == 0; });
    CHECK((silent || peak > 0.9392F));  // 0.1 dB below

    // Down by 60 dB at the end, unless the longest length cut it; no dead time after that.
    const std::vector<double> energies = window_energies(sound);
    const double loudest = *std::max_element(energies.begin(), energies.end());
    const double seconds = static_cast<double>(x.size()) / sound.sample_rate_hz;
    CHECK(seconds <= 8);
    if (seconds < 8 && !silent) {
        CHECK(energies.back() <= loudest * 1e-6);
        std::size_t last = energies.size();
        while (last > 0 && energies[last - 1] <= loudest * 0.8e-6) {
            --last;
        }
        const std::size_t dead_ms = seconds <= 0.0501 ? 0 : energies.size() - last;
        // The length is that of the whole sound, also where a low rate has only what ends sooner.
        if (sound.sample_rate_hz >= 44100) {
            CHECK(static_cast<double>(dead_ms) <= 15 + 20 * seconds);
        }
    }
}

std::vector<double> allowed_rates() {
    const std::span<const Parameter> rows = render_parameters();
    const auto row = std::find_if(rows.begin(), rows.end(), [](const Parameter& parameter) {
        return parameter.id.view() == "rate";
    });
    return {row->values.begin(), row->values.end()};
}

void check_duration_laws(const Patch& patch, double duration_s) {
    const Sound sound = render(resolve(laws::with_render(patch, "duration", duration_s)));
    CHECK(static_cast<double>(sound.samples.size()) ==
          std::round(duration_s * sound.sample_rate_hz));
    CHECK(sound.samples.back() == 0);
    CHECK(std::all_of(sound.samples.end() - end_of(sound), sound.samples.end(),
                      [](float s) { return magnitude(s) < 1e-3; }));
}

/// Energy of each octave, dB, whatever the rate: the spectrum is fine enough for its edges.
std::vector<double> band_levels_db(const Sound& sound) {
    const std::vector<double>& power = laws::fine_spectrum(sound.samples);
    const double bin_hz = sound.sample_rate_hz / (2 * static_cast<double>(power.size() - 1));
    std::vector<double> levels;
    for (const double middle_hz : octave_hz) {
        // An edge shares a bin out.
        const auto up_to = [&](double hz) {
            const double place = hz / bin_hz + 0.5;
            const auto whole = std::min(power.size() - 1, static_cast<std::size_t>(place));
            return std::accumulate(power.begin(),
                                   power.begin() + static_cast<std::ptrdiff_t>(whole),
                                   power[whole] * (place - std::floor(place)));
        };
        const double energy = up_to(middle_hz * M_SQRT2) - up_to(middle_hz / M_SQRT2);
        // Of the samples' energy by their rate: the spectrum's bins count as often as they are dense.
        levels.push_back(
            10 * std::log10(energy * bin_hz / sound.sample_rate_hz / sound.sample_rate_hz + 1e-30));
    }
    return levels;
}

/// The sound from 2 ms on, faded in over 10 ms. An attack at once begins before its first frame when
/// its treble is taken away, and what stands there is cut.
Sound without_attack(Sound sound) {
    for (std::size_t k = 0; k < sound.samples.size(); ++k) {
        const double at = static_cast<double>(k) / sound.sample_rate_hz;
        const double x = std::clamp((at - 0.002) / 0.01, 0.0, 1.0);
        sound.samples[k] *= static_cast<float>(0.5 - 0.5 * std::cos(M_PI * x));
    }
    return sound;
}

/// By how many cents what it settles to is off a pitch, from the turn of its phase while it falls
/// from about 30 to 45 dB below its loudest. Only the first two layers sound, which in every
/// instrument that is tuned have the pitch; the others would bury what is left of them.
double cents_off(Patch patch, double hz) {
    const std::span<const Parameter> rows = patch.instrument->parameters;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const auto layers = patch.instrument->layers.first(2);
        if (rows[row].id.view().ends_with("_gain") &&
            std::find(layers.begin(), layers.end(), rows[row].layer) == layers.end()) {
            patch = laws::with(patch, row, 0);
        }
    }
    const Sound sound = render(resolve(patch));
    const double apart_s = std::max(0.15 * measure_features(sound).t60_s, 2 / hz);
    const double width_s = std::max(2 * apart_s, 10 / hz);
    const double from_s = 3.5 * apart_s + width_s / 4;
    const std::complex<double> turn = listen::partial(sound, hz, from_s + apart_s, width_s) /
                                      listen::partial(sound, hz, from_s, width_s);
    return 1200 * std::log2(1 + std::arg(turn) / (2 * M_PI * apart_s) / hz);
}

/// How far what is not in the un-aliased signal is below it, dB.
double aliasing_db(const Patch& patch) {
    const Resolved resolved = resolve(patch);
    const Sound sound = render(resolved);
    const Sound reference =
        render_with(resolved, {.kernels = &kernels(), .oversampling = 16, .everywhere = true});
    const std::size_t count = std::min(sound.samples.size(), reference.samples.size());
    double both = 0;
    double power = 0;
    for (std::size_t k = 0; k < count; ++k) {
        const auto r = static_cast<double>(reference.samples[k]);
        both += static_cast<double>(sound.samples[k]) * r;
        power += r * r;
    }
    const double gain = power > 0 ? both / power : 0;
    double rest = 0;
    for (std::size_t k = 0; k < count; ++k) {
        const double d = static_cast<double>(sound.samples[k]) -
                         gain * static_cast<double>(reference.samples[k]);
        rest += d * d;
    }
    return 10 * std::log10(rest / std::max(gain * gain * power, 1e-30) + 1e-30);
}

/// The same sound, level and length at 48 kHz and all rates from 44.1 kHz on.
void check_high_rates(const Instrument& instrument) {
    for (const Patch& patch : laws::random_patches(instrument, laws::count_or(40))) {
        const std::string patch_text = patch_to_json(patch);
        CAPTURE(patch_text);
        const Sound reference = render(resolve(patch));
        const Features features = measure_levels_and_times(reference);
        const std::vector<double> bands = band_levels_db(reference);
        const double seconds = static_cast<double>(reference.samples.size()) / 48000;
        for (const double rate : {44100.0, 88200.0, 96000.0, 176400.0, 192000.0}) {
            CAPTURE(rate);
            const Sound other = render(resolve(laws::with_render(patch, "rate", rate)));
            CHECK(std::abs(static_cast<double>(other.samples.size()) - seconds * rate) <= 0.51);
            CHECK(std::abs(measure_levels_and_times(other).t60_s - features.t60_s) <=
                  0.01 * features.t60_s + 0.0001);
            const std::vector<double> levels = band_levels_db(other);
            for (std::size_t band = 0; octave_hz[band] * 1.4143 < 16000; ++band) {
                if (bands[band] > *std::max_element(bands.begin(), bands.end()) - 40) {
                    CAPTURE(octave_hz[band]);
                    CHECK(std::abs(levels[band] - bands[band]) <= 0.1);
                }
            }
        }
    }
}

/// A low rate has what fits into its band, and nothing folded into it.
void check_low_rates(const Instrument& instrument) {
    for (const Patch& any : laws::random_patches(instrument, laws::count_or(20))) {
        // As the engine makes it, so that levels can be compared.
        Patch patch = laws::with_render(any, "level", static_cast<double>(Level::none));
        patch = laws::with_render(patch, "duration", 0.5);
        const std::string patch_text = patch_to_json(patch);
        CAPTURE(patch_text);
        const std::vector<double> bands = band_levels_db(without_attack(render(resolve(patch))));
        const double loudest = *std::max_element(bands.begin(), bands.end());
        for (const double rate : allowed_rates()) {
            CAPTURE(rate);
            const std::vector<double> levels = band_levels_db(
                without_attack(render(resolve(laws::with_render(patch, "rate", rate)))));
            for (std::size_t band = 0;
                 band < bands.size() && octave_hz[band] * M_SQRT2 < 0.4 * rate; ++band) {
                // Below 100 Hz lies the pulse that takes out the DC, and the DC is another
                // where an attack at once is cut.
                if (bands[band] > loudest - 40 && octave_hz[band] > 100) {
                    CAPTURE(octave_hz[band]);
                    CHECK(std::abs(levels[band] - bands[band]) <= 0.4);
                }
            }
        }
    }
}

}  // namespace

TEST_SUITE("laws") {
    TEST_CASE("every random patch is finite, under the ceiling, free of DC, and ends in silence") {
        for (const Instrument* instrument : instruments()) {
            for (const Patch& patch : laws::random_patches(*instrument, laws::count_or(500))) {
                check_level_laws(patch);
            }
        }
    }

    TEST_CASE(
        "every corner of the macros is finite, under the ceiling, free of DC, and ends in "
        "silence") {
        for (const Instrument* instrument : instruments()) {
            for (const Patch& patch :
                 laws::corners(*instrument, laws::is_sweep() ? 1 << 16 : laws::count_or(512))) {
                check_level_laws(patch);
            }
        }
    }

    TEST_CASE("the laws hold at every rate, quality, velocity, level and duration") {
        for (const Instrument* instrument : instruments()) {
            std::size_t k = 0;
            for (const Patch& any : laws::random_patches(*instrument, laws::count_or(60))) {
                const std::vector<double> rates = allowed_rates();
                for (std::size_t way = 0; way < 2 * rates.size(); ++way) {
                    if (way != k % (2 * rates.size()) && !laws::is_sweep()) {
                        continue;
                    }
                    Patch patch = laws::with_render(any, "rate", rates[way / 2]);
                    patch = laws::with_render(patch, "quality", static_cast<double>(way % 2));
                    check_level_laws(patch);
                    if (k % 5 == 0) {
                        check_duration_laws(patch, 0.05 + 0.01 * static_cast<double>(k % 700));
                    }
                }
                ++k;
            }
        }
    }

    TEST_CASE("aliasing is at least 80 dB down on 100 random patches") {
        for (const Instrument* instrument : instruments()) {
            double worst = -1000;
            for (const Patch& any : laws::random_patches(*instrument, laws::count_or(100))) {
                // Of one length, so that both are cut at the same place.
                const Patch patch = laws::with_render(any, "duration", 0.5);
                const double db = aliasing_db(patch);
                worst = std::max(worst, db);
                const std::string patch_text = patch_to_json(patch);
                CAPTURE(patch_text);
                CHECK(db <= -80);
            }
            MESSAGE(instrument->name << ": worst aliasing " << worst << " dB");
        }
    }

    // A test for each instrument, so that they run side by side.
#define DRUMGEN_INSTRUMENT(name)                                                              \
    TEST_CASE("the same sound, level and length at all rates from 44.1 kHz on: " #name) {     \
        check_high_rates(find_instrument(#name));                                             \
    }                                                                                         \
    TEST_CASE("a low rate has what fits into its band, and nothing folded into it: " #name) { \
        check_low_rates(find_instrument(#name));                                              \
    }
#include "instruments/instruments.def"
#undef DRUMGEN_INSTRUMENT

    TEST_CASE("a draft has the level of the high quality within 1 dB") {
        for (const Instrument* instrument : instruments()) {
            double worst = 0;
            for (const Patch& patch : laws::random_patches(*instrument, laws::count_or(100))) {
                const std::string patch_text = patch_to_json(patch);
                CAPTURE(patch_text);
                const Sound high = render(resolve(patch));
                const Sound draft = render(resolve(
                    laws::with_render(patch, "quality", static_cast<double>(Quality::draft))));
                const double difference =
                    std::abs(loudness_lufs(draft.samples, draft.sample_rate_hz) -
                             loudness_lufs(high.samples, high.sample_rate_hz));
                CHECK(difference <= 1);
                worst = std::max(worst, difference);
            }
            MESSAGE(instrument->name << ": worst draft off by " << worst << " dB");
        }
    }

    TEST_CASE("a loudness is reached, or the true peak stands in its way") {
        for (const Instrument* instrument : instruments()) {
            for (Patch patch : laws::random_patches(*instrument, laws::count_or(40))) {
                patch = laws::with_render(patch, "level", static_cast<double>(Level::loudness));
                patch = laws::with_render(patch, "loudness_target", -20);
                const Features features = measure_features(render(resolve(patch)));
                CHECK(features.true_peak <= 0.95);
                CHECK((std::abs(features.loudness_lufs + 20) < 0.05 ||
                       (features.true_peak > 0.9392 && features.loudness_lufs < -20)));
            }
        }
    }

    TEST_CASE("without a level a sound is as the engine makes it, and never scaled") {
        for (const Instrument* instrument : instruments()) {
            for (const Patch& patch : laws::random_patches(*instrument, 20)) {
                const auto peak_at_gain = [&](double factor) {
                    Patch louder =
                        laws::with_render(patch, "level", static_cast<double>(Level::none));
                    for (std::size_t row = 0; row < instrument->parameters.size(); ++row) {
                        if (instrument->parameters[row].id.view().ends_with("_gain")) {
                            louder = laws::with(louder, row, factor);
                        }
                    }
                    return measure_features(render(resolve(louder))).true_peak;
                };
                // Nothing holds it at a ceiling: what is soft enough not to be bent is doubled.
                CHECK(peak_at_gain(0.002) ==
                      doctest::Approx(2 * peak_at_gain(0.001)).epsilon(0.02));
            }
        }
    }

    TEST_CASE("every parameter of every instrument changes the sound") {
        for (const Instrument* instrument : instruments()) {
            const Patch patch = laws::random_patches(*instrument, 1).front();
            for (std::size_t row = 0; row < instrument->parameters.size(); ++row) {
                const Parameter& parameter = instrument->parameters[row];
                const std::string id(parameter.id.view());
                CAPTURE(id);
                Patch base = patch;
                if (id.ends_with("_release_ms")) {
                    // Release is heard only from a sustain on, the row before it.
                    base = laws::with(base, row - 1, 0.5);
                }
                const Sound low = render(resolve(laws::with(base, row, parameter.allowed.min)));
                const Sound high = render(resolve(laws::with(base, row, parameter.allowed.max)));
                CHECK(low.samples != high.samples);
            }
        }
    }

    TEST_CASE("the loudest 5 ms of a harder hit are louder, whatever the patch") {
        for (const Instrument* instrument : instruments()) {
            double least_db = 100;
            for (const Patch& patch : laws::random_patches(*instrument, laws::count_or(30))) {
                const std::string patch_text = patch_to_json(patch);
                CAPTURE(patch_text);
                double before = 0;
                for (int step = 0; step <= 20; ++step) {
                    const Sound sound =
                        render(resolve(laws::with_render(patch, "velocity", step / 20.0)));
                    const std::vector<double> energies = window_energies(sound);
                    const double loudest = *std::max_element(energies.begin(), energies.end());
                    if (loudest == 0 && before == 0) {
                        continue;  // its layers are muted or begin after its end
                    }
                    CAPTURE(step);
                    CHECK(loudest > before);
                    if (before > 0) {
                        least_db = std::min(least_db, 10 * std::log10(loudest / before));
                    }
                    before = loudest;
                }
            }
            MESSAGE(instrument->name << ": least step of a twentieth " << least_db << " dB");
        }
    }

    TEST_CASE("a softer hit is softer, whatever the patch") {
        for (const Instrument* instrument : instruments()) {
            for (const Patch& patch : laws::proposed_patches(*instrument, laws::count_or(30))) {
                double before = 0;
                for (const double velocity : {0.1, 0.3, 0.5, 0.7, 1.0}) {
                    const Features features = measure_features(
                        render(resolve(laws::with_render(patch, "velocity", velocity))));
                    CHECK(features.peak > before);
                    before = features.peak;
                }
            }
        }
    }

    TEST_CASE("a sound settles to the pitch that it is tuned to, within 5 cents") {
        for (const Instrument* instrument : instruments()) {
            if (instrument->value_for_pitch == nullptr) {
                continue;
            }
            const Range& range = instrument->parameters[instrument->pitch_row].propose;
            double worst = 0;
            for (int key = 24; key < 108; key += 2) {
                const double hz = hz_from_midi(key);
                const double value = instrument->value_for_pitch(hz);
                if (value < range.min || value > range.max) {
                    continue;
                }
                const Patch patch =
                    laws::with(empty_patch(*instrument), instrument->pitch_row, value);
                CHECK(*pitch_of(resolve(patch)) == doctest::Approx(hz));
                const double cents = cents_off(patch, hz);
                CAPTURE(instrument->name);
                CAPTURE(hz);
                CHECK(std::abs(cents) < 5);
                worst = std::max(worst, std::abs(cents));
            }
            MESSAGE(instrument->name << ": worst pitch off by " << worst << " cents");
        }
    }

    TEST_CASE("the same patch gives the same samples alone, again, and from several threads") {
        for (const Instrument* instrument : instruments()) {
            const std::vector<Patch> patches = laws::random_patches(*instrument, 40);
            std::vector<Signal> alone;
            for (const Patch& patch : patches) {
                alone.push_back(render(resolve(patch)).samples);
            }
            std::vector<Signal> together(patches.size());
            std::vector<std::thread> threads;
            for (std::size_t thread = 0; thread < 4; ++thread) {
                threads.emplace_back([&, thread] {
                    for (std::size_t k = thread; k < patches.size(); k += 4) {
                        together[k] = render(resolve(patches[k])).samples;
                    }
                });
            }
            for (std::thread& thread : threads) {
                thread.join();
            }
            CHECK(alone == together);
        }
    }
}

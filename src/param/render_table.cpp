#include "param/render_table.h"

#include <algorithm>
#include <array>
#include <type_traits>
#include <variant>

#include "param/table.h"

namespace drumgen {

namespace {

using Field =
    std::variant<double RenderSettings::*, std::optional<double> RenderSettings::*,
                 Quality RenderSettings::*, Level RenderSettings::*, Style RenderSettings::*>;

struct RenderRow {
    Field field;
    Parameter row;
};

constexpr std::array<double, 12> rates_hz{8000,  11025, 16000, 22050, 24000,  32000,
                                          44100, 48000, 88200, 96000, 176400, 192000};
// The words of each choice, in the order of its enumerators.
constexpr std::array<std::string_view, 2> quality_words{"draft", "high"};
constexpr std::array<std::string_view, 3> level_words{"true_peak", "none", "loudness"};
constexpr std::array<std::string_view, 4> style_words{"clean", "gritty", "aggro", "airy"};

constexpr RenderSettings standard;

template <class Choice>
constexpr double index_of(Choice choice) {
    return static_cast<double>(choice);
}

constexpr std::array table{
    // clang-format off
    //         field                        id           unit        curve          allowed         default            propose         help, optional, values, choices
    RenderRow{&RenderSettings::rate_hz,    {"rate",     Unit::hz,   Curve::linear, {8000, 192000}, standard.rate_hz,  {44100, 96000}, "Sample rate of the output", false, rates_hz}},
    RenderRow{&RenderSettings::duration_s, {"duration", Unit::s,    Curve::log,    {0.05, 8},      0.5,               {0.05, 8},      "Length of the output; absent, until the sound has fallen 60 dB", true}},
    RenderRow{&RenderSettings::quality,    {"quality",  Unit::none, Curve::linear, {0, 1},         index_of(standard.quality),  {0, 1},         "How far aliasing is kept down: draft is faster, high is cleaner", false, {}, quality_words}},
    RenderRow{&RenderSettings::velocity,   {"velocity", Unit::none, Curve::linear, {0, 1},         standard.velocity, {0, 1},         "How hard the drum is hit: softer is quieter and darker", false}},
    RenderRow{&RenderSettings::level,      {"level",    Unit::none, Curve::linear, {0, 2},         index_of(standard.level),    {0, 2},         "What the sound is brought to before velocity: a true peak of 0.95; none, as the engine makes it; or a loudness, as far as that peak allows", false, {}, level_words}},
    RenderRow{&RenderSettings::loudness_target_lufs, {"loudness_target", Unit::lufs, Curve::linear, {-60, 0}, standard.loudness_target_lufs, {-24, -10}, "Loudness of the loudest 400 ms where level is loudness", false}},
    RenderRow{&RenderSettings::style,      {"style",    Unit::none, Curve::linear, {0, 3},         index_of(standard.style),    {0, 3},         "A setting of transient, drive and tilt", false, {}, style_words}},
    RenderRow{&RenderSettings::transient_db, {"transient_db", Unit::db, Curve::linear, {-12, 12},  0,                 {-3, 6},        "How far the attack is raised, or lowered, above the body; absent, the style's", true}},
    RenderRow{&RenderSettings::drive_db,   {"drive_db", Unit::db,   Curve::linear, {0, 36},        0,                 {0, 18},        "Soft saturation of the whole sound; absent, the style's", true}},
    RenderRow{&RenderSettings::tilt_db,    {"tilt_db",  Unit::db,   Curve::linear, {-12, 12},      0,                 {-4, 4},        "How far treble is raised over bass, about 1 kHz; absent, the style's", true}},
    RenderRow{&RenderSettings::low_cut_hz, {"low_cut",  Unit::hz,   Curve::log,    {20, 16000},    80,                {20, 200},      "Cut what is below, by 24 dB an octave; absent, nothing", true}},
    RenderRow{&RenderSettings::high_cut_hz, {"high_cut", Unit::hz,  Curve::log,    {200, 20000},   10000,             {2000, 20000},  "Cut what is above, by 24 dB an octave; absent, nothing", true}},
    RenderRow{&RenderSettings::gain_db,    {"gain_db",  Unit::db,   Curve::linear, {-60, 0},       0,                 {-12, 0},       "How far the finished sound is turned down; absent, not at all", true}},
    RenderRow{&RenderSettings::width,      {"width",    Unit::none, Curve::linear, {0, 1},         0,                 {0, 1},         "Two channels, and how far noise, rooms, wires and jingles are spread between them; absent or 0, one", true}},
    // clang-format on
};

constexpr std::array<Parameter, table.size()> rows_of_table() {
    std::array<Parameter, table.size()> rows{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        rows[i] = table[i].row;
    }
    return rows;
}

constexpr std::array rows = rows_of_table();

/// A setting from its number in a table: the number itself, or the choice of that index.
template <class Setting>
void set(Setting& setting, double value) {
    if constexpr (std::is_enum_v<Setting>) {
        setting = static_cast<Setting>(static_cast<int>(value));
    } else {
        setting = value;
    }
}

struct NoParams {};
static_assert(Table<NoParams, 0, 0>::rows_are_sound(rows));

}  // namespace

std::span<const Parameter> render_parameters() {
    return rows;
}

RenderSettings bind_render(const Values& stated) {
    RenderSettings settings;
    for (std::size_t i = 0; i < stated.size(); ++i) {
        if (stated[i]) {
            std::visit([&](const auto field) { set(settings.*field, stated[i]->value); },
                       table[i].field);
        }
    }
    return settings;
}

std::size_t render_row_of(std::optional<double> RenderSettings::*field) {
    const auto found = std::find_if(table.begin(), table.end(), [field](const RenderRow& row) {
        const auto* const own = std::get_if<std::optional<double> RenderSettings::*>(&row.field);
        return own != nullptr && *own == field;
    });
    return static_cast<std::size_t>(found - table.begin());
}

}  // namespace drumgen

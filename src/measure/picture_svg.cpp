#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/math.h"
#include "base/text.h"
#include "base/units.h"
#include "base/utf8.h"
#include "measure/extremes.h"
#include "measure/heat_image.h"
#include "measure/picture.h"
#include "measure/summary.h"

namespace drumgen {

namespace {

constexpr std::array<double, 9> ticks_hz{50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000};
constexpr double level_window_s = 0.005;
constexpr int image_columns = 500;
constexpr int image_rows = 250;

/// A part of the picture, in pixels.
struct Panel {
    double left;
    double top;
    double width;
    double height;

    [[nodiscard]] double right() const { return left + width; }
    [[nodiscard]] double bottom() const { return top + height; }
};

constexpr int picture_width = 960;
constexpr int picture_height = 790;
constexpr Panel wave_panel{80, 70, 780, 170};
constexpr Panel level_panel{80, 262, 780, 130};
constexpr Panel spectrum_panel{80, 414, 780, 310};
constexpr Panel legend_panel{876, 414, 16, 310};

/// Does XML 1.0 allow the character?
bool is_in_xml(const Character& character) {
    return character.is_valid && !character.is_control() && (character.code & 0xFFFE) != 0xFFFE;
}

std::string escaped(std::string_view text) {
    std::string safe;
    for (const Character& character : characters_of(text)) {
        if (!is_in_xml(character)) {
            safe.append(character.bytes.size(), '?');
        } else if (character.bytes == "&") {
            safe += "&amp;";
        } else if (character.bytes == "<") {
            safe += "&lt;";
        } else if (character.bytes == ">") {
            safe += "&gt;";
        } else {
            safe += character.bytes;
        }
    }
    return safe;
}

/// A coordinate; a tenth of a pixel is enough.
std::string px(double x) {
    return fixed(x, 1);
}

std::string line(double x1, double y1, double x2, double y2, std::string_view style) {
    return formatted("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" class=\"{}\"/>\n", px(x1),
                     px(y1), px(x2), px(y2), style);
}

std::string label(double x, double y, std::string_view text, std::string_view style,
                  std::string_view more = "") {
    return formatted("<text x=\"{}\" y=\"{}\" class=\"{}\"{}>{}</text>\n", px(x), px(y), style,
                     more, escaped(text));
}

std::string frame(const Panel& panel) {
    return formatted("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" class=\"frame\"/>\n",
                     px(panel.left), px(panel.top), px(panel.width), px(panel.height));
}

/// What the vertical axis of a panel shows, beside its left edge, turned.
std::string axis_title(const Panel& panel, std::string_view text) {
    const double y = panel.top + panel.height / 2;
    return label(22, y, text, "axis middle", formatted(" transform=\"rotate(-90 22 {})\"", px(y)));
}

/// A number and a line across the panel.
std::string level_tick(const Panel& panel, double y, std::string_view text) {
    return line(panel.left - 5, y, panel.left, y, "tick") +
           line(panel.left, y, panel.right(), y, "grid") +
           label(panel.left - 8, y + 4, text, "end");
}

/// The first of 1, 2, 5, 10 ... times a power of ten that is not below x > 0.
double round_step(double x) {
    double power = 1;
    while (power > x) {
        power /= 10;
    }
    while (power * 10 <= x) {
        power *= 10;
    }
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (power * factor >= x * (1 - 1e-9)) {
            return power * factor;
        }
    }
    return power * 10;
}

std::string time_axis(double length_s) {
    constexpr double most_ticks = 10;
    const bool in_ms = length_s < 1;
    const double unit = in_ms ? 1000 : 1;
    const double step = round_step(std::max(length_s, 1e-4) * unit / most_ticks);
    const int decimals = step >= 1 ? 0 : step >= 0.1 ? 1 : 2;
    std::string text;
    for (int k = 0; step * k <= length_s * unit * (1 + 1e-9); ++k) {
        const double part = length_s > 0 ? step * k / (length_s * unit) : 0;
        const double x = spectrum_panel.left + part * spectrum_panel.width;
        text += line(x, wave_panel.top, x, wave_panel.bottom(), "grid");
        text += line(x, level_panel.top, x, level_panel.bottom(), "grid");
        text += line(x, spectrum_panel.bottom(), x, spectrum_panel.bottom() + 5, "tick");
        text += label(x, spectrum_panel.bottom() + 20, fixed(step * k, decimals), "middle");
    }
    return text + label(spectrum_panel.left + spectrum_panel.width / 2,
                        spectrum_panel.bottom() + 42, in_ms ? "Time (ms)" : "Time (s)",
                        "axis middle");
}

std::string waveform(const Panel& panel, const Sound& sound, double peak, std::string_view title) {
    const double full = peak > 0 ? round_step(peak) : 1;
    const auto y_of = [&](double x) { return panel.top + (1 - x / full) / 2 * panel.height; };
    const int decimals = full >= 1 ? 1 : full >= 0.1 ? 2 : 4;
    std::string text = axis_title(panel, title);
    for (const double x : {-full, -full / 2, 0.0, full / 2, full}) {
        text += level_tick(panel, y_of(x), fixed(x, decimals));
    }
    text += "<path class=\"wave\" d=\"";
    std::vector<std::string> back;
    for (const auto& [low, high] : extremes_of(sound, static_cast<int>(panel.width))) {
        const std::string x = px(panel.left + static_cast<double>(back.size()) + 0.5);
        text +=
            formatted("{}{} {}", back.empty() ? "M" : "L", x, px(y_of(static_cast<double>(high))));
        back.push_back(formatted("L{} {}", x, px(y_of(static_cast<double>(low)))));
    }
    for (auto point = back.rbegin(); point != back.rend(); ++point) {
        text += *point;
    }
    return formatted("{}Z\"/>\n{}", text, frame(panel));
}

/// That of the one channel, or left above right.
std::string waveforms(const Sound& sound, double peak) {
    if (!sound.is_stereo()) {
        return waveform(wave_panel, sound, peak, "Amplitude (full scale 1)");
    }
    constexpr double gap = 18;
    Panel upper = wave_panel;
    upper.height = (wave_panel.height - gap) / 2;
    Panel lower = upper;
    lower.top += upper.height + gap;
    return waveform(upper, {sound.samples, sound.sample_rate_hz}, peak, "Left") +
           waveform(lower, {sound.right, sound.sample_rate_hz}, peak, "Right");
}

/// RMS of 5 ms, or of a pixel's width when that is longer.
std::vector<double> level_curve(const Sound& sound, int columns) {
    const std::size_t frames = sound.samples.size();
    std::vector<double> energy_before(frames + 1);
    for (std::size_t k = 0; k < frames; ++k) {
        const auto x = static_cast<double>(sound.samples[k]);
        energy_before[k + 1] = energy_before[k] + x * x;
    }
    const double window =
        std::max(level_window_s * sound.sample_rate_hz, static_cast<double>(frames) / columns);
    std::vector<double> levels;
    for (int column = 0; column < columns; ++column) {
        const double centre = static_cast<double>(frames) * (column + 0.5) / columns;
        const auto edge = [&](double at) {
            return static_cast<std::size_t>(std::clamp(at, 0.0, static_cast<double>(frames)));
        };
        const std::size_t from = edge(centre - window / 2);
        const std::size_t to = edge(centre + window / 2);
        const double energy = energy_before[to] - energy_before[from];
        const double power = to > from ? energy / static_cast<double>(to - from) : 0;
        levels.push_back(level_db(power));
    }
    return levels;
}

std::string level(const Sound& sound) {
    const Panel& panel = level_panel;
    const auto y_of = [&](double db) {
        return panel.top + std::clamp(-db / picture_range_db, 0.0, 1.0) * panel.height;
    };
    std::string text = axis_title(panel, "Level (dBFS)");
    for (double db = 0; db >= -picture_range_db; db -= 20) {
        text += level_tick(panel, y_of(db), fixed(db, 0));
    }
    text += "<path class=\"curve\" d=\"";
    const auto columns = static_cast<int>(panel.width);
    const char* command = "M";
    int column = 0;
    for (const double db : level_curve(sound, columns)) {
        text += formatted("{}{} {}", command, px(panel.left + column + 0.5), px(y_of(db)));
        command = "L";
        ++column;
    }
    return formatted("{}\"/>\n{}{}", text,
                     label(panel.right() - 6, panel.top + 16, "RMS of 5 ms", "end"), frame(panel));
}

std::string image(const Panel& panel, const IndexedImage& pixels) {
    return formatted(
        "<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" preserveAspectRatio=\"none\" "
        "xlink:href=\"data:image/png;base64,{}\"/>\n",
        px(panel.left), px(panel.top), px(panel.width), px(panel.height),
        base64(png_bytes(pixels)));
}

std::string legend(const std::array<Colour, 256>& palette) {
    IndexedImage colours{1, 256, palette, {}};
    for (int k = 255; k >= 0; --k) {
        colours.pixels.push_back(static_cast<std::uint8_t>(k));
    }
    const Panel& panel = legend_panel;
    std::string text = image(panel, colours) + frame(panel);
    for (double db = 0; db >= -picture_range_db; db -= 20) {
        const double y = panel.top - db / picture_range_db * panel.height;
        text += line(panel.right(), y, panel.right() + 5, y, "tick") +
                label(panel.right() + 8, y + 4, fixed(db, 0), "start");
    }
    const double y = panel.top + panel.height / 2;
    return text + label(948, y, "dB below the loudest", "axis middle",
                        formatted(" transform=\"rotate(-90 948 {})\"", px(y)));
}

std::string spectrum(const Sound& sound) {
    const Panel& panel = spectrum_panel;
    const Spectrogram measured =
        spectrogram(sound, image_columns, image_rows, picture_low_hz, picture_high_hz);
    const IndexedImage pixels = heat_image(measured);
    std::string text = axis_title(panel, "Frequency (Hz)") + image(panel, pixels);
    for (const double hz : ticks_hz) {
        const double part =
            math::log(hz / picture_low_hz) / math::log(picture_high_hz / picture_low_hz);
        const double y = panel.bottom() - part * panel.height;
        const std::string name = hz < 1000 ? fixed(hz, 0) : fixed(hz / 1000, 0) + "k";
        text += line(panel.left - 5, y, panel.left, y, "tick") +
                line(panel.left, y, panel.right(), y, "faint") +
                label(panel.left - 8, y + 4, name, "end");
    }
    return text + frame(panel) + legend(pixels.palette);
}

constexpr std::string_view style =
    "<style>text{font:12px sans-serif;fill:#222}.title{font-size:18px;font-weight:bold}"
    ".axis{font-size:13px}.start{text-anchor:start}.middle{text-anchor:middle}"
    ".end{text-anchor:end}.frame{fill:none;stroke:#222}.tick{stroke:#222}"
    ".grid{stroke:#ddd}.faint{stroke:#fff;stroke-opacity:.22}"
    ".wave{fill:#2a6fb0;stroke:#2a6fb0;stroke-width:.8}"
    ".curve{fill:none;stroke:#b0402a;stroke-width:1.4}</style>\n";

/// Waveform, level and spectrogram over one axis of time. What XML can't hold of the title is shown
/// as "?".
std::string svg_of(const Sound& sound, const Features& features, const std::string& title) {
    const std::string width = std::to_string(picture_width);
    const std::string height = std::to_string(picture_height);
    const Sound mid = mid_of(sound);
    return formatted(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
        "width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\">\n<title>{}</title>\n{}<rect "
        "width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n{}{}{}{}{}{}</svg>\n",
        width, height, width, height, escaped(title), style,
        label(wave_panel.left, 30, title, "title"),
        label(wave_panel.left, 52,
              formatted("{}, {} Hz sample rate", summary(sound, features),
                        fixed(sound.sample_rate_hz, 0)),
              "axis"),
        time_axis(features.duration_s), waveforms(sound, features.peak), level(mid), spectrum(mid));
}

}  // namespace

extern const PictureFormat svg_picture;
const PictureFormat svg_picture{".svg", "waveform, level and spectrogram with their axes", svg_of};

}  // namespace drumgen

#include "sound_file/sound_format.h"

#include <sndfile.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"

namespace drumgen {
namespace {

constexpr std::array opus_rates_hz{8000, 12000, 16000, 24000, 48000};
constexpr std::array mp3_rates_hz{8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000};

constexpr std::array formats{
    // clang-format off
    //          name    title         endings            lossless floats rates         type
    SoundFormat{"wav",  "WAV",        {".wav"},          true,    true,  {},           SF_FORMAT_WAV},
    SoundFormat{"flac", "FLAC",       {".flac"},         true,    false, {},           SF_FORMAT_FLAC},
    SoundFormat{"aiff", "AIFF",       {".aiff", ".aif"}, true,    true,  {},           SF_FORMAT_AIFF},
    SoundFormat{"caf",  "CAF",        {".caf"},          true,    true,  {},           SF_FORMAT_CAF},
    SoundFormat{"w64",  "Wave64",     {".w64"},          true,    true,  {},           SF_FORMAT_W64},
    SoundFormat{"rf64", "RF64",       {".rf64"},         true,    true,  {},           SF_FORMAT_RF64},
    SoundFormat{"ogg",  "Ogg Vorbis", {".ogg"},          false,   true,  {},           SF_FORMAT_OGG | SF_FORMAT_VORBIS},
    SoundFormat{"opus", "Opus",       {".opus"},         false,   true,  opus_rates_hz, SF_FORMAT_OGG | SF_FORMAT_OPUS},
    SoundFormat{"mp3",  "MP3",        {".mp3"},          false,   true,  mp3_rates_hz, SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III},
    // clang-format on
};

}  // namespace

std::span<const SoundFormat> sound_formats() {
    return formats;
}

const SoundFormat* sound_format_of_ending(std::string_view ending) {
    const std::string wanted = in_lower_case(ending);
    const auto* const found =
        std::find_if(formats.begin(), formats.end(), [&wanted](const SoundFormat& format) {
            return !wanted.empty() && std::find(format.endings.begin(), format.endings.end(),
                                                wanted) != format.endings.end();
        });
    return found == formats.end() ? nullptr : found;
}

std::optional<std::string> unfit_reason(const SoundFormat& format, SampleFormat samples) {
    if (samples != SampleFormat::float32 || format.holds_floats) {
        return std::nullopt;
    }
    return formatted("{} holds no floats; add --bits 16 or --bits 24, or write another format",
                     format.title);
}

SampleFormat samples_in(const SoundFormat& format, SampleFormat wanted) {
    return format.is_lossless ? wanted : SampleFormat::float32;
}

std::optional<std::string> unfit_reason(const SoundFormat& format, double rate_hz) {
    const std::span<const int> rates = format.rates_hz;
    if (rates.empty() || std::find(rates.begin(), rates.end(), rate_hz) != rates.end()) {
        return std::nullopt;
    }
    std::vector<std::string> texts;
    for (const int rate : rates) {
        texts.push_back(std::to_string(rate));
    }
    const std::vector<std::string_view> words(texts.begin(), texts.end());
    return formatted("{} has no rate of {} Hz, only {}; add --rate 48000, or write another format",
                     format.title, number_to_text(rate_hz), listed(words));
}

}  // namespace drumgen

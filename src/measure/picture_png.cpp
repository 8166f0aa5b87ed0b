#include "measure/heat_image.h"
#include "measure/picture.h"

namespace drumgen {
namespace {

constexpr int columns = 512;
constexpr int rows = 256;

std::string png_of(const Sound& sound, const Features&, const std::string&) {
    const std::vector<std::uint8_t> bytes = png_bytes(
        heat_image(spectrogram(mid_of(sound), columns, rows, picture_low_hz, picture_high_hz)));
    return {bytes.begin(), bytes.end()};
}

}  // namespace

extern const PictureFormat png_picture;
const PictureFormat png_picture{
    ".png", "the spectrogram alone, 512 x 256 pixels, 30 Hz to 20 kHz, 80 dB", png_of};

}  // namespace drumgen

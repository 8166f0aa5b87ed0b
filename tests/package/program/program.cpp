#include <drumgen/patch_json.h>
#include <drumgen/render.h>
#include <drumgen/wav_file.h>

#include <fstream>
#include <iostream>

int main(int, char** argv) {
    drumgen::PatchReading reading;
    const drumgen::Patch patch = drumgen::patch_from_json(
        R"({"instrument": "kick", "seed": 7, "params": {"tune": 52}, "render": {"duration": 0.5}})",
        reading);
    const drumgen::Sound sound = drumgen::render(drumgen::resolve(patch));
    std::cout << patch.instrument->name << ", " << sound.samples.size() << " samples at "
              << sound.sample_rate_hz << " Hz\n";
    const std::vector<std::uint8_t> wav = drumgen::wav_file(patch);
    std::ofstream(argv[1], std::ios::binary)
        .write(reinterpret_cast<const char*>(wav.data()), static_cast<std::streamsize>(wav.size()));
}

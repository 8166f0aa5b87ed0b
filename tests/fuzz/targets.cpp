// What anybody may give the program, taken by its readers; libFuzzer finds what to give. DRUMGEN_FUZZ names the
// reader. Nothing but Error may be thrown, and what was read is read again from what is written of it.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/text.h"
#include "batch/output_template.h"
#include "document/builtin_presets.h"
#include "document/kit_json.h"
#include "document/kit_of_lines.h"
#include "document/manifest_entry.h"
#include "document/ratings.h"
#include "drumgen/error.h"
#include "drumgen/patch_json.h"
#include "explore/locks.h"
#include "explore/mutate.h"
#include "explore/row_patterns.h"
#include "explore/sampler.h"
#include "input/index_range.h"
#include "input/read_kit.h"
#include "match/recording.h"
#include "measure/features.h"
#include "measure/picture.h"
#include "measure/summary.h"
#include "measure/verdict.h"
#include "midi/midi_file.h"
#include "param/note.h"
#include "param/quantity.h"
#include "param/state.h"
#include "sound_file/sound_file.h"
#include "sound_file/wav.h"

namespace drumgen {
namespace {

using Bytes = std::span<const std::uint8_t>;

/// A law that does not hold ends the process, as a crash does.
void require(bool holds, const char* law) {
    if (!holds) {
        std::fprintf(stderr, "%s\n", law);
        std::abort();
    }
}

void patch(Bytes bytes) {
    PatchReading reading;
    reading.place = "patch";
    reading.clamp = !bytes.empty() && bytes.back() % 2 != 0;
    const Patch read = patch_from_json(text_in(bytes), reading);
    const std::string text = patch_to_json(read);
    PatchReading again;
    require(patch_to_json(patch_from_json(text, again)) == text,
            "a patch is read as it is written");
    (void)resolve(read);
}

void lines(Bytes bytes) {
    PatchReading reading;
    reading.place = "lines";
    (void)patches_from_json(text_in(bytes), reading);
}

KitReading kit_reading() {
    KitReading reading;
    reading.place = "kit";
    reading.patch_of = [](const std::string& word) {
        const Preset* preset = named(builtin_presets(), word);
        if (preset == nullptr) {
            throw Error(Status::invalid, "no such preset");
        }
        return patch_of_preset(preset->name, preset->json, preset->name);
    };
    return reading;
}

void kit(Bytes bytes) {
    KitReading reading = kit_reading();
    const std::string_view text = text_in(bytes);
    for (const Kit& read : kits_from_json(text, reading)) {
        const std::string written = kit_to_json(read, "");
        KitReading again = kit_reading();
        require(kit_from_json(written, again).slots.size() == read.slots.size(),
                "a kit is read as it is written");
    }
}

void kit_lines(Bytes bytes) {
    KitReading reading = kit_reading();
    if (is_patch_lines(text_in(bytes))) {
        (void)kit_of_patch_lines(text_in(bytes), reading);
    }
}

void kit_zip(Bytes bytes) {
    const ZipReader archive({bytes.begin(), bytes.end()}, "kit.zip");
    for (const std::string& path : archive.paths()) {
        require(path.find("..") == path.npos || path.find("../") == path.npos,
                "no path leads out of an archive");
    }
    KitReading reading = kit_reading();
    (void)kit_in(archive, reading);
    (void)wavs_of(archive, "kit.zip");
}

void ratings(Bytes bytes) {
    const std::vector<NumberedLine> all = numbered_lines(text_in(bytes));
    Ratings whole;
    for (const NumberedLine& line : all) {
        read_rating(line.text, formatted("r:{}", line.number), whole);
    }
    for (const Rating& rating : whole.ratings) {
        Ratings again;
        read_rating(rating_json(rating), "again", again);
        require(again.ratings.size() == 1 && again.problems.empty(),
                "a rating is read as it is written");
    }
    for (const Instrument* instrument : instruments()) {
        const Ratings newest = newest_ratings(all, "r", *instrument, 5);
        require(newest.ratings.size() <= 5, "no more than were asked for");
    }
}

void manifest(Bytes bytes) {
    ManifestEntry entry;
    entry.path = "a.wav";
    entry.file_name = "a.wav";
    entry.container = "wav";
    entry.bits = "24";
    entry.patch_json = patch_to_json(propose_typical(*instruments().front(), 1, 0));
    (void)take_rendered(entry, text_in(bytes));
}

void statement(Bytes bytes) {
    std::vector<Statement> statements;
    for (const NumberedLine& line : numbered_lines(text_in(bytes))) {
        statements.push_back(statement_of(line.text));
    }
    for (const Instrument* instrument : {instruments().front(), instruments().back()}) {
        Patch stated = empty_patch(*instrument);
        Stating stating;
        state_all(stated, statements, stating);
        if (stating.problems.empty()) {
            const std::string text = patch_to_json(stated);
            PatchReading again;
            require(patch_to_json(patch_from_json(text, again)) == text,
                    "what is stated can be written and read");
        }
    }
}

void quantity(Bytes bytes) {
    const std::string text(text_in(bytes));
    for (const Unit unit : {Unit::none, Unit::hz, Unit::ms, Unit::db, Unit::lufs, Unit::cents}) {
        (void)quantity_from_text(text, unit);
    }
    (void)pitch_from_text(text);
    (void)range_from_text(text);
}

void range(Bytes bytes) {
    const std::string text(text_in(bytes));
    const std::size_t space = std::min(text.find(' '), text.size());
    const IndexRange whole = range_from_text(text.substr(0, space));
    require(whole.first <= whole.last, "a range goes up");
    if (space < text.size()) {
        const IndexRange part = part_from_text(whole, text.substr(space + 1));
        require(part.first >= whole.first && part.last <= whole.last, "a part lies inside");
    }
}

void name(Bytes bytes) {
    const std::string text(text_in(bytes));
    const std::size_t line = std::min(text.find('\n'), text.size());
    const OutputTemplate names("-o", text.substr(0, line));
    OutputName of;
    of.instrument = "kick";
    of.name = line < text.size() ? text.substr(line + 1) : "x";
    const std::string given = names.path(of);
    of.name = "x";
    const std::string plain = names.path(of);
    require(
        std::count(given.begin(), given.end(), '/') == std::count(plain.begin(), plain.end(), '/'),
        "a name never leads to another folder");
}

void riff(Bytes bytes) {
    (void)wav_tags(bytes);
    const WavFile file = decode_wav(bytes, "a.wav");
    const Sound sound = as_sound(file.samples, file.rate_hz);
    require(sound.frames() == file.samples.frames(), "all frames are there");
}

void sound(Bytes bytes) {
    (void)is_sound_file(bytes, "a");
    const SoundFile file = read_sound(bytes, "a", Channels::both_or_mean, std::size_t{1} << 20);
    require(file.sound.frames() <= std::size_t{1} << 20, "no longer than is allowed");
}

void recording(Bytes bytes) {
    constexpr std::size_t head = 4;
    if (bytes.size() < 2 * head) {
        return;
    }
    Sound given;
    given.sample_rate_hz = 4000 + 200 * bytes[0];
    for (std::size_t at = head; at + 1 < bytes.size(); at += 2) {
        const int value = bytes[at] + 256 * static_cast<std::int8_t>(bytes[at + 1]);
        given.samples.push_back(static_cast<float>(value) / 32768.0F);
        if (bytes[1] % 2 != 0) {
            given.right.push_back(given.samples[given.samples.size() / 2]);
        }
    }
    std::vector<std::string> notes;
    const Recording read = recording_of(given, bytes[2] / 255.0, "a", notes);
    double last = -1;
    for (const Hit& hit : read.hits) {
        require(hit.at_s > last || last < 0, "hits are in order");
        last = hit.at_s;
        (void)table_in_loop(read.sound, hit, table_of_hit(read.sound, hit));
    }
}

/// Everything that is measured, judged and drawn of a sound of anybody's.
void measure(Bytes bytes) {
    constexpr double rates[]{lowest_rate_hz, 8000, 44100, 48000, highest_rate_hz};
    if (bytes.size() < 2) {
        return;
    }
    Sound sound;
    sound.sample_rate_hz = rates[bytes[0] % std::size(rates)];
    for (const std::uint8_t byte : bytes.subspan(1)) {
        // Silence, steps, what clips, and what is smaller than any sample of a file.
        const int value = static_cast<std::int8_t>(byte);
        sound.samples.push_back(value == 1 ? 1e-38F : static_cast<float>(value) / 64.0F);
        if (bytes[0] >= 128) {
            sound.right.push_back(sound.samples[sound.samples.size() / 2]);
        }
    }
    const Features features = measure_features(sound);
    for (const FeatureRow& row : feature_rows()) {
        require(std::isfinite(features.*row.field), "what is measured is a number");
    }
    (void)judge(sound, features, bytes[0] % 2 != 0);
    require(!summary(sound, features).empty(), "a sound can be told");
    // That takes a hundred times as long as all else, and the most where a second has the most samples.
    constexpr int drawn = 0x70;
    for (const PictureFormat* format : picture_formats()) {
        if ((bytes[0] & drawn) == drawn && sound.sample_rate_hz < highest_rate_hz) {
            require(!format->draw(sound, features, "a").empty(), "a sound can be drawn");
        }
    }
}

void midi(Bytes bytes) {
    const MidiSong song = midi_song(bytes, "a.mid");
    const std::string written = midi_file(song);
    const MidiSong again = midi_song(bytes_of(written), "again");
    require(again.notes.size() == song.notes.size(), "a song is read as it is written");
}

void locks(Bytes bytes) {
    const std::vector<NumberedLine> all = numbered_lines(text_in(bytes));
    std::vector<std::string> given;
    for (const NumberedLine& line : all) {
        given.push_back(line.text);
    }
    const Instrument& instrument = *instruments().front();
    const Patch base = locked_base(instrument, propose_typical(instrument, 1, 0), given);
    const Freedom freedom = freedom_of(instrument, moving_rows(base), {}, locked_keys(given));
    (void)mutated(base, 0.3, freedom, 1, 0);
}

struct Target {
    const char* name;
    void (*take)(Bytes bytes);
};

constexpr Target targets[]{
    {"patch", patch},         {"lines", lines},         {"kit", kit},
    {"kit_lines", kit_lines}, {"kit_zip", kit_zip},     {"ratings", ratings},
    {"manifest", manifest},   {"statement", statement}, {"quantity", quantity},
    {"range", range},         {"name", name},           {"riff", riff},
    {"sound", sound},         {"recording", recording}, {"midi", midi},
    {"locks", locks},         {"measure", measure},
};

const Target* reader = nullptr;

}  // namespace
}  // namespace drumgen

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    const char* name = std::getenv("DRUMGEN_FUZZ");
    for (const drumgen::Target& target : drumgen::targets) {
        if (name != nullptr && std::strcmp(target.name, name) == 0) {
            drumgen::reader = &target;
        }
    }
    if (drumgen::reader == nullptr) {
        for (const drumgen::Target& target : drumgen::targets) {
            std::printf("%s\n", target.name);
        }
        std::exit(name == nullptr ? 0 : 2);
    }
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        drumgen::reader->take({data, size});
    } catch (const drumgen::Error& error) {
        drumgen::require(!error.problems().empty(), "an error says what is wrong");
    }
    return 0;
}

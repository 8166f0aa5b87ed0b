#include "midi/midi_file.h"

#include <doctest/doctest.h>

#include <cmath>

#include "base/bytes.h"
#include "drumgen/error.h"

namespace drumgen {
namespace {

std::string problem_of(const std::string& file) {
    try {
        (void)midi_song(bytes_of(file), "x.mid");
    } catch (const Error& error) {
        return error.problems().front();
    }
    return "";
}

TEST_SUITE("midi/midi_file") {
    TEST_CASE("what is written is read again") {
        const MidiSong song{
            133.5,
            8,
            "break",
            {{0, 36, 127}, {0.5, 42, 60}, {0.5, 38, 1}, {1.2501, 36, 90}, {7.9, 46, 3}}};
        const MidiSong again = midi_song(bytes_of(midi_file(song)), "x.mid");
        CHECK(again.bpm == doctest::Approx(133.5).epsilon(1e-6));
        CHECK(again.beats == doctest::Approx(8.15).epsilon(0.02));
        CHECK(again.name == "break");
        REQUIRE(again.notes.size() == song.notes.size());
        for (std::size_t k = 0; k < again.notes.size(); ++k) {
            CAPTURE(k);
            CHECK(std::abs(again.notes[k].beat - song.notes[k].beat) <= 0.5 / 960);
        }
        CHECK(again.notes[1].key == 38);
        CHECK(again.notes[2].key == 42);
        CHECK(again.notes[4].velocity == 3);
        CHECK(midi_file(again) == midi_file(midi_song(bytes_of(midi_file(again)), "x.mid")));
    }

    TEST_CASE("tracks, running status and changes of the tempo are understood") {
        using namespace std::string_literals;
        const std::string tempos =
            "\0\xFF\x51\x03\x07\xA1\x20\x60\xFF\x51\x03\x0F\x42\x40\0\xFF\x2F\0"s;  // 120, then 60
        // A note on, two more of the same status, one of them an end; system exclusive; another channel.
        const std::string notes =
            "\0\x99\x24\x64\x60\x26\x50\x30\x24\0\0\xF0\x02\x01\xF7\0\x90\x40\x40\x30\x99\x2A\x33\0\xFF\x2F\0"s;
        const auto chunk = [](const std::string& name, const std::string& data) {
            return name + std::string{'\0', '\0', '\0', static_cast<char>(data.size())} + data;
        };
        const std::string file = chunk("MThd", "\0\x01\0\x02\0\x60"s) + chunk("MTrk", tempos) +
                                 chunk("XFIH", "skipped") + chunk("MTrk", notes);
        const MidiSong song = midi_song(bytes_of(file), "x.mid");
        CHECK(song.bpm == doctest::Approx(120));
        REQUIRE(song.notes.size() == 3);
        CHECK(song.notes[0].beat == doctest::Approx(0));
        CHECK(song.notes[1].beat == doctest::Approx(1));
        CHECK(song.notes[1].key == 38);
        CHECK(song.notes[2].beat == doctest::Approx(3));  // at half the tempo
        CHECK(song.notes[2].velocity == 0x33);
    }

    TEST_CASE("what is no MIDI file is told, and cut ones are") {
        CHECK(problem_of("").find("x.mid: is no MIDI file") == 0);
        CHECK(problem_of("RIFF....").find("MThd") != std::string::npos);
        const std::string whole = midi_file({120, 4, "", {{0, 36, 100}, {1, 38, 100}}});
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const std::string problem = problem_of(whole.substr(0, length));
            CHECK((length == 14 || !problem.empty()));  // a header alone is a file without tracks
        }
        for (std::size_t at = 0; at < whole.size(); ++at) {
            for (const int value : {0, 0x7F, 0x80, 0xFF}) {
                std::string bent = whole;
                bent[at] = static_cast<char>(value);
                (void)problem_of(bent);
            }
        }
        std::string frames = whole;
        frames[12] = static_cast<char>(0xE7);  // frames of SMPTE
        CHECK(problem_of(frames).find("ticks a quarter") != std::string::npos);
    }
}

}  // namespace
}  // namespace drumgen

#include "midi/midi_file.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "base/math.h"
#include "base/text.h"
#include "drumgen/error.h"

namespace drumgen {
namespace {

constexpr int ticks_per_beat = 960;
constexpr int drum_channel = 9;  ///< the tenth
constexpr std::uint8_t note_off = 0x80;
constexpr std::uint8_t note_on = 0x90;
constexpr std::uint8_t meta = 0xFF;
constexpr std::uint8_t meta_name = 0x03;
constexpr std::uint8_t meta_end = 0x2F;
constexpr std::uint8_t meta_tempo = 0x51;
constexpr double microseconds_per_minute = 60e6;
constexpr double standard_tempo = 500000;  ///< microseconds of a quarter

void put_big_endian(std::string& bytes, std::uint64_t number, int count) {
    for (int i = count - 1; i >= 0; --i) {
        bytes += static_cast<char>(number >> (8 * i) & 0xFFU);
    }
}

/// Seven bits in a byte, the highest first; all but the last have the eighth set.
void put_length(std::string& bytes, std::uint64_t number) {
    std::string digits(1, static_cast<char>(number & 0x7FU));
    while ((number >>= 7U) != 0) {
        digits.insert(digits.begin(), static_cast<char>((number & 0x7FU) | 0x80U));
    }
    bytes += digits;
}

void put_meta(std::string& track, std::uint8_t kind, std::string_view data) {
    track += static_cast<char>(0);
    track += static_cast<char>(meta);
    track += static_cast<char>(kind);
    put_length(track, data.size());
    track += data;
}

std::int64_t tick_of(double beat) {
    return math::floor(std::max(beat, 0.0) * ticks_per_beat + 0.5);
}

struct Event {
    std::int64_t tick;
    int order;  ///< at one tick, what ends comes first
    std::uint8_t status;
    int key;
    int velocity;
};

std::vector<Event> events_of(const std::vector<MidiNote>& notes) {
    std::map<int, std::int64_t> next;  // of each key, from the end
    std::vector<Event> events;
    for (auto note = notes.rbegin(); note != notes.rend(); ++note) {
        constexpr std::int64_t sixteenth = ticks_per_beat / 4;
        const std::int64_t begin = tick_of(note->beat);
        std::int64_t end = begin + sixteenth;
        if (const auto behind = next.find(note->key); behind != next.end()) {
            end = std::clamp(behind->second, begin + 1, end);
        }
        next[note->key] = begin;
        const auto channel = static_cast<std::uint8_t>(drum_channel);
        events.push_back({begin, 1, static_cast<std::uint8_t>(note_on | channel), note->key,
                          std::clamp(note->velocity, 1, 127)});
        events.push_back({end, 0, static_cast<std::uint8_t>(note_off | channel), note->key, 0});
    }
    std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
        return std::tie(a.tick, a.order, a.key) < std::tie(b.tick, b.order, b.key);
    });
    return events;
}

/// Reads the bytes of a file in their order.
class MidiBytes {
public:
    MidiBytes(std::span<const std::uint8_t> bytes, std::string_view place)
        : bytes_(bytes), place_(place) {}

    [[nodiscard]] bool is_done() const { return at_ >= bytes_.size(); }

    [[noreturn]] void refuse(const std::string& problem) const {
        throw Error(Status::invalid, message(place_, "", problem));
    }

    std::span<const std::uint8_t> take(std::size_t count) {
        if (count > bytes_.size() - at_) {
            refuse(formatted("is no whole MIDI file: it ends at byte {}", bytes_.size()));
        }
        at_ += count;
        return bytes_.subspan(at_ - count, count);
    }

    std::uint8_t byte() { return take(1)[0]; }

    [[nodiscard]] std::uint8_t peek() {
        const std::uint8_t next = byte();
        --at_;
        return next;
    }

    std::uint32_t number(std::size_t count) {
        std::uint32_t sum = 0;
        for (const std::uint8_t digit : take(count)) {
            sum = sum << 8U | digit;
        }
        return sum;
    }

    std::uint32_t length() {
        constexpr int most = 4;
        std::uint32_t sum = 0;
        for (int i = 0; i < most; ++i) {
            const std::uint8_t digit = byte();
            sum = sum << 7U | (digit & 0x7FU);
            if (digit < 0x80U) {
                return sum;
            }
        }
        refuse("is no MIDI file: a length has more than four bytes");
    }

    MidiBytes part(std::size_t count) { return {take(count), place_}; }

private:
    std::span<const std::uint8_t> bytes_;
    std::string place_;
    std::size_t at_ = 0;
};

/// What the tracks hold, by ticks.
struct Heard {
    struct Note {
        std::uint64_t tick;
        int channel;
        int key;
        int velocity;
    };
    std::vector<Note> notes;
    std::map<std::uint64_t, double> tempos;  ///< microseconds of a quarter, from a tick on
    std::uint64_t end = 0;
    std::string name;
};

void hear_meta(MidiBytes& track, std::uint64_t tick, Heard& heard) {
    const std::uint8_t kind = track.byte();
    const std::span<const std::uint8_t> data = track.take(track.length());
    if (kind == meta_tempo && data.size() == 3) {
        const double tempo = data[0] * 65536.0 + data[1] * 256.0 + data[2];
        if (tempo > 0) {
            heard.tempos.emplace(tick, tempo);
        }
    } else if (kind == meta_name && heard.name.empty()) {
        heard.name.assign(data.begin(), data.end());
    }
}

void hear_track(MidiBytes track, Heard& heard) {
    std::uint64_t tick = 0;
    std::uint8_t status = 0;
    while (!track.is_done()) {
        tick += track.length();
        if (track.peek() >= 0x80U) {
            status = track.byte();
        } else if (status == 0) {
            track.refuse("is no MIDI file: an event has no status");
        }
        if (status == meta) {
            hear_meta(track, tick, heard);
            status = 0;
        } else if (status >= 0xF0U) {
            (void)track.take(track.length());  // system exclusive
            status = 0;
        } else {
            const auto kind = static_cast<std::uint8_t>(status & 0xF0U);
            const std::uint8_t key = track.byte();
            const bool has_one = kind == 0xC0U || kind == 0xD0U;
            const std::uint8_t velocity = has_one ? std::uint8_t{0} : track.byte();
            if (kind == note_on && velocity > 0 && key < 0x80U && velocity < 0x80U) {
                heard.notes.push_back({tick, status & 0x0F, key, velocity});
            }
        }
    }
    heard.end = std::max(heard.end, tick);
}

/// Beats at the first tempo from the beginning to a tick.
double beat_of(const Heard& heard, std::uint64_t tick, double ticks) {
    const double first = heard.tempos.empty() ? standard_tempo : heard.tempos.begin()->second;
    double beats = 0;
    double tempo = first;
    std::uint64_t from = 0;
    for (const auto& [at, next] : heard.tempos) {
        if (at >= tick) {
            break;
        }
        beats += static_cast<double>(at - from) / ticks * tempo / first;
        from = at;
        tempo = next;
    }
    return beats + static_cast<double>(tick - from) / ticks * tempo / first;
}

}  // namespace

std::string midi_file(const MidiSong& song) {
    std::string track;
    if (!song.name.empty()) {
        put_meta(track, meta_name, song.name);
    }
    std::string tempo;
    const std::int64_t microseconds = math::floor(microseconds_per_minute / song.bpm + 0.5);
    put_big_endian(tempo, static_cast<std::uint64_t>(microseconds), 3);
    put_meta(track, meta_tempo, tempo);
    std::int64_t now = 0;
    for (const Event& event : events_of(song.notes)) {
        put_length(track, static_cast<std::uint64_t>(event.tick - now));
        track += static_cast<char>(event.status);
        track += static_cast<char>(event.key);
        track += static_cast<char>(event.velocity);
        now = event.tick;
    }
    put_length(track,
               static_cast<std::uint64_t>(std::max(tick_of(song.beats) - now, std::int64_t{0})));
    track += {static_cast<char>(meta), static_cast<char>(meta_end), '\0'};
    std::string file = "MThd";
    constexpr int header_bytes = 6;
    put_big_endian(file, header_bytes, 4);
    put_big_endian(file, 0, 2);  // one track
    put_big_endian(file, 1, 2);
    put_big_endian(file, ticks_per_beat, 2);
    file += "MTrk";
    put_big_endian(file, track.size(), 4);
    return file + track;
}

MidiSong midi_song(std::span<const std::uint8_t> file, std::string_view place) {
    MidiBytes bytes(file, place);
    const auto is_chunk = [&bytes](std::string_view name) {
        const std::span<const std::uint8_t> there = bytes.take(name.size());
        return std::equal(there.begin(), there.end(), name.begin(), name.end());
    };
    constexpr std::size_t name_bytes = 4;
    constexpr std::size_t least_header = 6;
    if (file.size() < 2 * name_bytes || !is_chunk("MThd")) {
        bytes.refuse("is no MIDI file: it does not begin with MThd");
    }
    const std::size_t header_bytes = bytes.number(4);
    MidiBytes header = bytes.part(header_bytes);
    if (header_bytes < least_header) {
        bytes.refuse("is no MIDI file: its header is too short");
    }
    const std::uint32_t kind = header.number(2);
    (void)header.number(2);
    const std::uint32_t division = header.number(2);
    if (kind > 1 || division == 0 || division >= 0x8000U) {
        bytes.refuse(
            "is a MIDI file of another kind: only those of type 0 and 1 with ticks a quarter are "
            "read");
    }
    Heard heard;
    while (!bytes.is_done()) {
        const bool is_track = is_chunk("MTrk");
        MidiBytes chunk = bytes.part(bytes.number(4));
        if (is_track) {
            hear_track(chunk, heard);
        }
    }
    const bool has_drums =
        std::any_of(heard.notes.begin(), heard.notes.end(),
                    [](const auto& note) { return note.channel == drum_channel; });
    MidiSong song;
    song.name = heard.name;
    song.bpm = microseconds_per_minute /
               (heard.tempos.empty() ? standard_tempo : heard.tempos.begin()->second);
    for (const Heard::Note& note : heard.notes) {
        if (!has_drums || note.channel == drum_channel) {
            song.notes.push_back({beat_of(heard, note.tick, division), note.key, note.velocity});
        }
    }
    std::stable_sort(song.notes.begin(), song.notes.end(),
                     [](const MidiNote& a, const MidiNote& b) { return a.beat < b.beat; });
    song.beats = beat_of(heard, heard.end, division);
    return song;
}

}  // namespace drumgen

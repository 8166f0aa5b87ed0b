#pragma once

#include <cstddef>
#include <cstdint>

/// The engine for pages: text in; text, samples and bytes out. Each call leaves its answer until the
/// next, and returns 0, or the exit status that drumgen would have: then the text is what it would tell,
/// a line for each problem. Texts are UTF-8; numbers that JavaScript does not count exactly are text.
extern "C" {

/// What there is: {"version", "sound_version", "instruments": [{"name", "summary", "parameters": [...],
/// "presets": [...]}], "settings": [...], "velocity_gain": [...]}; a parameter has its row of the table, a
/// MIDI velocity what a hit is softer by, as a factor.
int drumgen_describe();

/// A sound of a patch in JSON. The text is {"patch", "rate_hz", "frames", "channels"}, where the patch is text, and
/// as `told` asks "features" and "sha256"; the hash is that of drumgen render --json, of 24 bits.
///   told   "samples", "features" or "all"
int drumgen_render(const char* patch, const char* told);

/// The WAV that drumgen render --bits writes, as bytes.
///   bits   "16", "24" or "32f"
int drumgen_wav(const char* patch, const char* bits);

/// A patch that drumgen propose prints.
///   from   "typical" or "uniform"
int drumgen_propose(const char* instrument, const char* seed, const char* index, const char* from);

/// A patch that drumgen mutate prints: variation `index` of one.
///   locked   keys of parameters that stay, with spaces between
int drumgen_mutate(const char* patch, double amount, const char* seed, const char* index,
                   const char* locked);

/// A patch between two of one instrument.
///   share   0 is the first, 1 the second
int drumgen_morph(const char* from, const char* to, double share);

/// A patch tuned as drumgen render --note does.
///   note   "F#1", or a pitch in Hz
int drumgen_tune(const char* patch, const char* note);

/// What drumgen_render made last, as levels over time and frequency, 30 Hz to 20 kHz: rows by columns,
/// the highest frequency first, dB below the loudest. Keeps what drumgen_render gave.
const float* drumgen_spectrogram(int columns, int rows);

/// A patch of a preset's name, in full.
int drumgen_preset(const char* name);

/// A patch as drumgen prints it, from any form of it.
int drumgen_patch(const char* patch);

/// The patch that a WAV carries, or that a file of JSON is, as drumgen prints it.
int drumgen_file(const std::uint8_t* bytes, std::size_t count);

/// Lines of drumgen propose --from learned, of what was said in lines of ratings.
///   count     1..1000
///   explore   share that is drawn from anywhere, 0..1
///   locks     "KEY=VALUE", with spaces between
int drumgen_learned(const char* instrument, int count, const char* seed, double explore,
                    const char* locks, const char* ratings);

/// What is said in lines of ratings: {"ratings": [{"time", "is_liked", "patch", "line"}], "problems": [...]}.
int drumgen_ratings(const char* text);

/// A recording of one or two channels, kept for what follows: {"rate_hz", "frames", "notes", "hits": [...]}, a hit
/// as drumgen match --hits tells it.
///   right         null where there is one channel
///   sensitivity   0..1
///   name          of its file; names it in messages, and may tell its instrument
int drumgen_recording(const float* left, const float* right, std::size_t frames, double rate_hz,
                      double sensitivity, const char* name);

/// The same of the bytes of a WAV.
int drumgen_recording_file(const std::uint8_t* bytes, std::size_t count, double sensitivity,
                           const char* name);

/// The patch that drumgen match finds for a hit of it; nearer ones are told on the way, by Module.told({tried,
/// patch, distance_db}), where patch is empty when there is no nearer one.
///   hit          from 1
///   instrument   empty: the one that the name tells, or that it sounds most like
///   effort       sounds that are tried
///   locks        "KEY=VALUE", with spaces between
int drumgen_match(int hit, const char* instrument, int effort, const char* locks);

/// What drumgen match --all-hits finds of it: lines of patches, and as bytes the groove, a MIDI file. Each drum
/// that is matched is told on the way.
int drumgen_loop(int effort);

/// What there is for kits: {"formats": [{"name", "summary"}], "kits": [{"name", "description"}], "patterns":
/// {NAME: {"bpm", "beats", "name", "notes": [[beat, key, velocity], ...]}}}.
int drumgen_kits();

/// A kit by its name, of JSON, or of lines of patches, with all that players need: {"name", "velocities",
/// "round_robins", "slots": [{"name", "key", "choke", "gain_db", "pan", "patch", "more_keys"}]}. All of
/// what follows takes a kit in each of these forms.
int drumgen_kit(const char* kit);

/// A line of drumgen propose --kit.
///   key   "F#m"; empty: its own
int drumgen_propose_kit(const char* seed, const char* index, const char* key, double tempo_bpm);

/// What each slot is turned down by: {"notes": [...], "level_db": [...]}, in the order of drumgen_kit.
///   levels   "balanced" or "as-is"
int drumgen_kit_levels(const char* kit, const char* levels);

/// The files that drumgen export-kit writes. The text is {"notes": [...], "name", "is_zip"}: the name of the
/// file that they make, and whether they are to be put into a ZIP; else there is one file, which is it.
int drumgen_export_kit(const char* kit, const char* format, const char* bits, const char* levels);

/// The WAV that drumgen export-kit --beat writes.
///   midi   the pattern, a MIDI file
int drumgen_beat(const char* kit, const std::uint8_t* midi, std::size_t count, const char* bits,
                 const char* levels);

/// What a MIDI file plays on drums: {"bpm", "beats", "name", "notes"}, as drumgen_kits tells patterns.
int drumgen_song(const std::uint8_t* midi, std::size_t count);

/// A MIDI file, as bytes.
///   notes   beat, key and velocity of each
///   count   of notes
int drumgen_midi(const double* notes, std::size_t count, double bpm, double beats,
                 const char* name);

/// What the last call gave.
const char* drumgen_text();
const std::uint8_t* drumgen_bytes();
std::size_t drumgen_byte_count();
/// Samples of a channel, 0 or 1.
const float* drumgen_samples(int channel);
std::size_t drumgen_frame_count();
/// Files of a kit.
std::size_t drumgen_file_count();
const char* drumgen_file_path(std::size_t file);
const std::uint8_t* drumgen_file_bytes(std::size_t file);
std::size_t drumgen_file_size(std::size_t file);
}

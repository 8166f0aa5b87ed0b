#pragma once

#include <cstddef>
#include <cstdint>

/// The engine for pages: text in; text, samples and bytes out. Each call leaves its answer until the
/// next, and returns 0, or the exit status that drumgen would have: then the text is what it would tell,
/// a line for each problem. Texts are UTF-8; numbers that JavaScript does not count exactly are text.
extern "C" {

/// What there is: {"version", "sound_version", "instruments": [{"name", "summary", "parameters": [...],
/// "presets": [...]}], "settings": [...]}; a parameter has its row of the table.
int drumgen_describe();

/// A sound of a patch in JSON. The text is {"patch", "rate_hz", "frames", "channels", "sha256",
/// "features"}; the hash is that of drumgen render --json, of 24 bits.
int drumgen_render(const char* patch);

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

/// What drumgen_render made last, as levels over time and frequency, 30 Hz to 20 kHz: rows by columns,
/// the highest frequency first, dB below the loudest. Keeps what drumgen_render gave.
const float* drumgen_spectrogram(int columns, int rows);

/// A patch of a preset's name, in full.
int drumgen_preset(const char* name);

/// A patch as drumgen prints it, from any form of it.
int drumgen_patch(const char* patch);

/// The patch that a WAV carries, or that a file of JSON is, as drumgen prints it.
int drumgen_file(const std::uint8_t* bytes, std::size_t count);

/// What the last call gave.
const char* drumgen_text();
const std::uint8_t* drumgen_bytes();
std::size_t drumgen_byte_count();
/// Samples of a channel, 0 or 1.
const float* drumgen_samples(int channel);
std::size_t drumgen_frame_count();
}

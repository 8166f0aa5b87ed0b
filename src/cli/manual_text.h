#pragma once

#include <string_view>

/// What drumgen(1) says that no definition holds, as scdoc. Words like @key@ are filled in. Lines
/// starting with "$ " are run as tests.
namespace drumgen::manual_text {

inline constexpr std::string_view head = R"(drumgen(1)

# NAME

drumgen - synthesises drum sounds

# SYNOPSIS

*drumgen* _COMMAND_ [_OPTIONS_]

*drumgen* *--version* [*--json*]

# DESCRIPTION

A drum sound is a patch: an instrument, a seed, and parameter values. *drumgen*
makes WAV files from patches. The same patch gives the same samples on every
machine, and each file carries the patch that made it.

Results go to standard output, messages to standard error.
)";

inline constexpr std::string_view laws = R"(
# LAWS OF A GOOD FILE

Every sound that *drumgen* makes keeps these, whatever its patch; *drumgen render --describe* judges
any file by them, and ends with status 3 when one is broken. Levels are factors of full scale. The
true peak is that of the signal between the samples, the fall that of the last 5 ms below the
loudest; where *--duration* says how long a sound is, it need not have fallen. Below 44.1 kHz the last
64 samples are as many as last 1.45 ms.
)";

inline constexpr std::string_view tail = R"(
# PATCHES

Wherever a command takes a patch, it takes any of these:

*@instrument@*
	The name of an instrument. Flags state its parameters; what is left out has its
	default. Words behind it are patches of that instrument.

*{"instrument": "@instrument@", "seed": 7, "params": {"@key@": @standard@}}*
	JSON, on the command line or in a file. An object *render* beside *params* states
	how it is rendered. Behind the name of an instrument, the flat form
	{"@key@": @standard@, "seed": 7} will do.

_FILE_*.json*, _FILE_*.jsonl*
	A file of one patch, or of one patch in each line.

*@preset@*
	The name of a preset; see *drumgen list presets*.

_FILE_*.wav*, _FILE_*.flac*, ...
	The patch inside a sound file that drumgen wrote, of any format. Of a copy that a
	program wrote anew, if that kept the comment; what became of its samples is told.

*{..., "patch": {...}, ...}*
	A line that drumgen printed: of *--json*, *--describe*, a manifest, *feedback --list*,
	a slot of *kit_info.json*.

_FILE_*.zip*, _FILE_*.dslibrary*, _FOLDER_
	The sounds of a kit that *export-kit* wrote, each named by its slot.

*-*
	Any of these from standard input.

Flags apply to every patch, the last one on the command line wins; *render* also takes
*@key@=@standard@* for *--set @key@=@standard@*, and the names of several instruments. A number may
have its unit behind it: 50Hz, 44.1k, 300ms, 0.3s, -6dB. Unknown keys,
duplicates and numbers out of range are errors; all problems are told at once.

# OUTPUT NAMES

Many patches need a name with a field: *{instrument}*, *{index}* (from 1), *{seed}* or
*{name}*: the file or preset that the patch came from, without folder and ending; of many
patches in one file and in a pipe, the last part of each one's own name, or its instrument
and seed. *{index:04}* pads with zeros to four digits; *{{* and *}}* are
braces.

A file is written whole or not at all, and replaces an old one; a link stays, and
what it names is replaced. Devices, FIFOs and pipes of a shell, such as >(...), are
written through by every output. A run that breaks leaves the WAV files made so far,
and no TAR, frames or manifest under their names.

No output may be an input or another output, neither by another name nor over a link:
it is refused before anything is written. Only a WAV file may be rendered again onto
itself, which is told.

# SOUND FILES

The ending of the name says the format, or *--to* for a name without one and a pipe:

[- *ending*
:- *format*
:- *samples*
:- *rates*
|  *.wav*
:  WAV; the one of any other name without an ending
:  16, 24, 32f
:  all
|  *.flac*
:  FLAC
:  16, 24
:  all
|  *.aiff*, *.aif*
:  AIFF
:  16, 24, 32f
:  all
|  *.caf*
:  Core Audio Format
:  16, 24, 32f
:  all
|  *.w64*, *.rf64*
:  Wave64, RF64
:  16, 24, 32f
:  all
|  *.ogg*
:  Ogg Vorbis
:  not the patch's
:  all
|  *.opus*
:  Opus
:  not the patch's
:  8, 16, 24, 48 kHz
|  *.mp3*
:  MP3
:  not the patch's
:  up to 48 kHz
|  *.tar*
:  WAVs and patches in one TAR
:  16, 24, 32f
:  all
|  *.raw*
:  frames one behind the other
:  16, 32f
:  all

All but *.wav*, *.rf64*, *.tar* and *.raw* need libsndfile. The same sound gives the same bytes, but for
another version of the library. The patch is in a chunk *drmg* of WAV, RF64, AIFF and CAF, in a chunk
*junk* of Wave64, and in the comment of the others; the first four have it as their comment too, up
to 4000 bytes. A WAV has its samples in the second chunk, or the third with *32f*; title, comment,
root note and patch stand behind them. With *--bare* there is nothing else in the file, and nothing
can be made of it again.

# LEVEL AND LENGTH

Every sound is made once, at 48 kHz and up to 20 kHz, and its length and its level are decided
there: at each output rate and quality it is the same sound, as long and as loud. Unless
*--duration* says otherwise it lasts until it has fallen 60 dB, at most 8 s.

*--level true_peak* brings it to a true peak of 0.95 (-0.45 dBTP), never above, within 0.1 dB.
*--level loudness=-18* brings the loudest 400 ms, weighted as ITU-R BS.1770 has it, to -18 LUFS, or
as near as the same true peak allows; *--level loudness* alone means -14. *--level none* leaves what
the engine makes: above full scale it is told, and only *--bits 32f* holds it. A softer hit is
quieter than that by its velocity, and *--gain-db* comes last. *drumgen list presets* tells how loud each
preset is.

# TWO CHANNELS

With *--width* a sound has two channels: the sound of one in the middle, and beside it, as loud as the
width says, other noise of the layers that have no one place: rooms, wires, jingles, the wash of
cymbals, the hands of a clap. Tones stay in the middle. Left is middle + side, right is middle -
side, so half of their sum is the sound of one channel, sample for sample, times one factor where
a channel's peak is higher. Up to 150 Hz both are the same; none is louder than the other by
more than 1.5 dB, and their correlation falls as the width rises, to 0 at the least. True peak and
loudness are of both channels, as ITU-R BS.1770 counts them. Some presets have a width: what was
played in a room, not what comes out of a machine. *--mono* is *--width 0*, one channel.

# SILENCE

A patch that renders silence, such as one with all gains at 0, is refused unless
*--allow-silence* is given.

# KITS

Some kits have names, as presets do; *drumgen list kits* tells them, and kits of your own
are found beside presets as kits/NAME.json. Else a kit is JSON, as *drumgen schema kit* describes
it:

```
{"name": "Mine", "slots": {
    "kick": {"params": {"@key@": @standard@}, "seed": 7},
    "closed_hat": "hat/808-closed",
    "snare": {"patch": "snare.wav", "key": 38, "choke": 0, "pan": 0.2}}}
```

A slot is the text of a patch, a preset or a file beside or below the kit's (one elsewhere is named with *--slot*),
or an object: a patch, or one with *patch* in it. Beside it stand *key* (a MIDI key, 0..127), *choke* (slots of
one group cut each other off; 0 none), *gain_db*, *pan* (-1..1) and *velocity* (0..1). Where
the object names no instrument, the slot's name does. A slot's name may be any text
without control characters, slashes and a dot in front; its file is named by it, with *\_*
for all but ASCII letters and digits.

A file of General MIDI has drums on the keys 35 to 81, and finds one on each: for a drum that the kit has
not its nearest relative answers, such as the closed hat for the pedal, a crash for the splash, a tom for
one of another pitch, a shaker for the cabasa, with the choke group that it has. No sample is stored
twice. Whistles, guiros and cuicas have no relative; what is nearest plays them. *--list* tells the keys,
*--only-keys* leaves the kit at those of its slots.

Hydrogen gives a song another kit row by row, whatever the keys. So a kit for it begins with the eighteen
rows of its own kits, in their order: kick, stick, snare, clap, rimshot, floor tom, closed hat, second tom,
pedal hat, first tom, open hat, cowbell, ride, crash, second ride, splash, half-open hat, bell. A row whose
drum the kit has not is its nearest relative's once more, with the same files; slots that are none of
these stand behind. Versions from 1.3 on go by types, which *drumkit.h2map* tells. *--list --format hydrogen* tells
the rows; *--only-keys* leaves one for each slot.

*--beat* lets the kit play a pattern into a sound file: each hit rendered at its velocity, hits of a cycle in turn,
choke groups, levels and pan as the kit has them, turned down together where the true peak would pass 0.95. A
pattern is one of *drumgen list patterns*, or a MIDI file of type 0 or 1 (4 MiB and 600 s at most), such as the groove
that *drumgen match --groove* writes; its notes on channel 10 are played, or all when there are none.

With *--levels balanced* no sound is turned up, so its true peak stays where it was; each is
turned down until the loudest 400 ms, weighted as ITU-R BS.1770 has it, are as far below
those of the kick as drums of its kind are in recorded kits: snare 1, toms 1, crash 3, rim 3,
open hat 5, congas 5, clap 6, cowbell 6, ride 7, clave 9, closed and pedal hat 10, shaker 10,
any other 4 LU. The patch in each WAV says so with *render.gain_db*, and the WAV is what
*render* makes of it.

With *--velocities* N the MIDI velocities 1..127 are parted into N layers of one width. Each is
rendered as a hit of its highest velocity, and the WAV is as quiet as such a hit; players
turn it down inside the layer as the engine would. With *--round-robins* N each layer has N
hits that are played in turn: the first is the patch itself, the others have other seeds and
macros moved by 3 % of their ranges at most, the tuning not, and all are as loud as the
quietest of them.

The WAVs of a kit in a ZIP, a folder, a library of DecentSampler or a kit of DrumGizmo are the
same, and so is *kit_info.json*, so that all of these go back in. A SoundFont has 16 bits and the
first hit of each cycle, since the format knows no hits in turn.

Whole patches, one a line, are a kit too, such as those of *drumgen match*: each has a slot of its own
name, and lies on the key of the drum that the name tells.

*drumgen propose --kit* prints kits as JSON Lines, and *export-kit* takes them, a kit a line. Each
has *fit*, the geometric mean of four parts from 0 to 1: *tuning* (pitches are notes of the key's
triad; 0 from 50 cents on), *order* (snare brighter than kick, hats than snare, each by a third of
an octave in spectral centroid), *gaps* (energy that no two sounds share, by octaves) and
*lengths* (each sound falls 40 dB within the beats of its kind).

The same kit is the same bytes on every machine and on every day. *kit_info.json* holds a date
only when *SOURCE_DATE_EPOCH* is set or *--date* asks for one.

# PROPOSALS

*drumgen propose* draws most of its patches round specimens: real drums of some Hydrogen kits, told in
the macros of their instrument by *drumgen match*. Each macro of a specimen, and each setting of the
whole sound that it has, is moved by a normal deviate along its curve, as far as a sound may stray
and still be that of a drum of its kind; most keep the specimen's seed, which is part of the drum. The
rest, *--wild*, is drawn evenly, as *--from uniform* draws all: every macro from the range that it is
proposed from, as a data set wants it that shall cover the whole range. Whichever it is, a patch
depends on nothing but the kinds, the seed, its index and *--wild*, within one sound version. No
sample of the kits is in drumgen.

# MATCH

*drumgen match* hears one hit of each recording: the mean of its channels, from the hit's onset, for
0.7 s or to the next hit. A hit begins where 24 bands, evenly spaced in pitch, rise above the loudest
of the 40 ms before by enough in the mean (spectral flux), so that a hat is heard while a kick still
sounds. Where all later rises are weak beside the first, as the hands of a clap, strokes of a flam,
jingles and echoes are, the recording is one hit. *--sensitivity* moves both limits. What *--hits* tells
as the instrument of a hit among others is that of the loudest where several sound at once, as it
sounds without what is left of the hits before.

With *--all-hits* a loop becomes a kit: hits whose loudest parts are alike are one drum's (the cosine of
their amplitudes over the first 80 ms), and what else sounds with them are strokes of those drums, found
by non-negative factorization. Of each drum the hit that has least of others in it, is long and
loud is matched. Its line has the name of its slot, which tells its key; *hit*, the one that was matched,
*hits*, all that it stands for, and *gain_db*, which *export-kit -* gives the slot so that the kit has the
loop's balance. *--groove* writes the strokes where they were, early or late as they are, each with
the velocity at which the engine is as much softer than at its hardest. The tempo is the one, 60 to 160
quarters a minute, whose pulses the hits are nearest to, or its half or double; of a recording whose length
is within 0.4 % of whole bars of four it is that of the bars. It measures levels in 19 bands, 40 Hz to 16 kHz, by 7 windows, with
the pitch of each and how far it is a tone; how long the attack takes, and how all of it decays. It
looks for the patch whose sound differs least: the nearest of its specimens and of 400 proposals, also
at the pitch that it hears, is where an evolution strategy starts (CMA-ES, eight of them, of which the better halves go on); then seeds, 0 first,
then single steps. *--effort* says how many sounds are rendered for that, 6000 by itself, in a second or two; the
same number finds the same patch on every machine, with any number of threads.

What counts is the root mean square of the levels' differences, and beside it: 1 dB for each 10 cents
that tones are apart, up to 5 dB, by their share of the energy; 10 dB for noise in place of a tone, by
the same; 1 dB for each doubling of the attack; and the difference of the level of all bands over
the windows.

Each line is a patch, named after its file, with *distance_db*, the root mean square of the levels'
differences, and *differs*, what differs most, in words. *--plot* draws recording and match, one behind
the other. Below 2 dB two sounds are as near as two
seeds of one patch; two recorded drums of a kind are 7 to 9 dB apart.

The instrument is the one that a word of the file's name tells (kick, bd, snare, hh, crash ...), or
else the one that its sound tells, by what recorded drums of fifteen kits sound like: of a kit that
was not among them 75 % are found so. *--instrument* says it better. What moves is every
macro, the seed, and *tilt_db*, *transient_db*, *low_cut* and *high_cut* of the whole sound; *--only* names others
too, *--lock* what stays.

# TASTE

*drumgen feedback* keeps ratings; *drumgen propose --from learned*, or *--ratings FILE*, learns from
the newest 1000 of each instrument. It takes a place where nothing was rated for one that is not
liked, and a single label for one that may be a slip. Until something is liked it draws one in five
round specimens, the others evenly.
Later, of many candidates round the liked sounds, between them and elsewhere, it takes those that
promise most, with the seed of what they are near to, since that too was liked, far enough from each other, at least one for each group of likes; *--explore* says
which share is drawn as at the beginning all the same. Each line has a *score*, the probability that the sound is
liked, and an *uncertainty*, from 0 where much was rated nearby to 1 where nothing was. Both are
passed over when the line is rendered.

*drumgen audition* asks in a terminal, a key an answer: l likes, d dislikes, m goes to a variation of
the sound, k keeps it as a WAV and likes it, n goes on without an answer, u takes the last answer back
and returns to its sound, space plays again, q quits. Each answer is in the store at once. It plays
with pw-play, paplay, aplay, play, afplay or ffplay, whichever it finds first, or what *--player*
says; where none makes a sound, as over ssh, the waveform is shown all the same.

*drumgen render --page FILE* puts the sounds on one page of HTML, which needs no other file and no
network: each with its waveform, spectrogram and parameters. Space plays, the arrow keys go and
play, L likes, D dislikes, K keeps, U takes a rating back, C copies the command that makes the sound,
P plays all. "Save ratings" gives a file for *drumgen feedback --import*, "Save kept" one for *drumgen
render*. A WAV without a patch is shown and played, and can't be rated. Beside patches of *drumgen
match* it stands next to those that match it, and A goes from one to the other.

Without *--from* and *--ratings* no rating changes any proposal.

# LIMITS

What is larger is refused with status 2 before anything is written, and takes little memory and time until then.

*a patch*
	1 MiB of JSON, which nests 32 levels at most.

*a file of patches, or standard input that is no lines of them*
	64 MiB. Lines of *render* may be any number: 19 MiB of memory do, and 5 MiB for each thread more.

*a kit*
	8 MiB of JSON; 128 slots, one a key; 1 GiB of samples, for which there should be 3 GiB of memory.
	A kit that is usual takes 12 MiB.

*an archive with a kit*
	1 GiB and 65 535 files, each of its sounds 64 MiB, whatever the archive says of their sizes.

*a sound that is described, drawn or shown*
	64 MiB, 4 194 304 samples a channel (87 s at 48 kHz), 4000 to 768 000 Hz. The longest takes 260 MiB of memory.

*a recording to match*
	512 MiB, 33 554 432 samples a channel (11 minutes at 48 kHz), 4000 to 768 000 Hz; of a loop 4000 hits. 11 minutes
	take 290 MiB of memory beside the file.

*a pattern*
	4 MiB, 600 s, 50 000 notes; the sounds that play it 1 GiB.

*ratings*
	256 MiB and 200 000 lines a file. Half of that takes 240 MiB of memory.

*a page*
	2000 sounds and 512 MiB: more is nothing that a browser opens.

# EXIT STATUS

*0*
	Done.

*1*
	The work failed: a file could not be read or written.

*2*
	Usage or input was invalid. Nothing was written.

*3*
	A comparison found a difference, or a described sound breaks a law.

# ENVIRONMENT

*DRUMGEN_PRESET_PATH*
	Folders of presets, separated by colons, searched before *XDG_DATA_HOME*.

*XDG_DATA_HOME*
	Where the folder drumgen/presets is; ~/.local/share when it is not set. On Windows
	*LOCALAPPDATA* says it.

*SOURCE_DATE_EPOCH*
	The date in what carries one, in seconds since 1970.

*CI*, *TERM*
	No progress is shown when *CI* is set or *TERM* is dumb.

# FILES

_~/.local/share/drumgen/presets/@instrument@/NAME.json_
	A preset @instrument@/NAME of your own.

_~/.local/share/drumgen/presets/kits/NAME.json_
	A kit NAME of your own.

# EXAMPLES

A sound, and the same with another value:

```
$ drumgen render @instrument@ --seed 7 -o @instrument@.wav
$ drumgen render @instrument@.wav --set @key@=@high@ -o other.wav
```

Through a pipe:

```
$ drumgen render @preset@ --bits 16 -o - | cat > long.wav
```

Many at once, from JSON Lines:

```
$ printf '{"@key@": %s}\n' @low@ @standard@ @high@ | drumgen render @instrument@ - -o '@instrument@-{index:02}.wav'
```

Is a file still what it says it is?

```
$ drumgen render --verify @instrument@.wav @instrument@-01.wav
@instrument@.wav: same
@instrument@-01.wav: same
```

What does it measure, and what does it look like?

```
$ drumgen render --describe @instrument@.wav
{"path": "@instrument@.wav", ... "verdict": {"pass": true, ...
$ drumgen render @instrument@ --seed 7 --plot @instrument@.svg
```

What you like, and more of it:

```
$ drumgen feedback like @preset@ @instrument@.wav --ratings mine.jsonl
drumgen: 2 liked, in mine.jsonl
$ drumgen propose @instrument@ --ratings mine.jsonl --explore 0 -n 3 | drumgen render - -o 'liked-{index}.wav'
$ drumgen mutate @preset@ --learned --ratings mine.jsonl
{"score": ...
```

A patch that sounds like a recording, beside it on a page:

```
$ drumgen match @instrument@-01.wav --instrument @instrument@ --effort 300 > like.jsonl
$ drumgen render @instrument@-01.wav like.jsonl --page beside.html
```

A kit, what it holds, and another sound in it:

```
$ drumgen export-kit 808 -o 808.zip
$ drumgen propose --kit --key Am -n 2 | drumgen export-kit - -o 'kit-{index}.zip'
$ drumgen export-kit --slot one=@preset@ --slot mine=@instrument@.wav -o kit.zip
$ drumgen export-kit kit.zip --list
kit
mine ...
one ...
Whistles, ...
$ drumgen export-kit kit.zip --slot mine=other.wav -o kit.zip
drumgen: kit.zip is written again onto itself
```

The parameters of an instrument:

```
$ drumgen schema @instrument@ --format text
```

# SEE ALSO

)";

}  // namespace drumgen::manual_text

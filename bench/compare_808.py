"""Compares the 808 presets with samples of a real TR-808.

    bench/compare_808.py DRUMGEN KIT [--plot FOLDER]

KIT is the folder of the TR808EmulationKit in Debian's package hydrogen-data; the samples are only
measured. Prints for each pair: T20 and pitch as `drumgen render --describe` measures them; for kicks
the largest difference of the pitch from cycle to cycle; and the levels of ten octave bands relative to
the loudest. Below the loudest band by 40 dB the samples hold hum and noise of their recording (a hat
has -44 dB at 31 Hz), so what is lower counts as -40 dB in "mean"; "of all" is the mean with -60 dB. "cells" is the
distance of sound.py, by bands and time; the sample's DC, which the cymbal has 8 dB below its noise, is taken
out for it.
"""

import io
import json
import pathlib
import subprocess
import sys
import tempfile
import wave

import numpy
from scipy.signal import butter, resample_poly, sosfiltfilt, spectrogram
from sound import RATE, distances, table

PAIRS = {
    "808_Kick_Long": "kick/808-long",
    "808_Kick_Short": "kick/808-short",
    "808_Snare_1": "snare/808-1",
    "808_Snare_2": "snare/808-2",
    "808_Hat_Closed": "hat/808-closed",
    "808_Hat_Open": "hat/808-open",
    "808_Hat_Pedal": "hat/808-pedal",
    "808_Clap": "clap/808",
    "808_Tom_Low": "tom/808-low",
    "808_Tom_Mid": "tom/808-mid",
    "808_Tom_Hi": "tom/808-high",
    "808_Conga": "tom/808-conga",
    "808_Cowbell": "cowbell/808",
    "808_Cymbal": "cymbal/808",
    "808_Clave": "clave/808",
    "808_Shaker": "shaker/808",
}
# Instruments that are compared by their pitch.
TUNED = ("kick", "snare", "tom", "clave")


def samples_of(wav):
    """Samples of the first channel of a 16-bit WAV, full scale 1, and the rate."""
    with wave.open(io.BytesIO(wav)) as file:
        frames = numpy.frombuffer(file.readframes(file.getnframes()), "<i2")
        return frames.reshape(-1, file.getnchannels())[:, 0] / 32768, file.getframerate()


def pitch_curve(samples, rate):
    """Times and pitch of each cycle whose level is within 20 dB of the loudest."""
    low = sosfiltfilt(butter(2, 300, "low", fs=rate, output="sos"), samples)
    at = numpy.where((low[:-1] < 0) != (low[1:] < 0))[0]
    crossings = (at + low[at] / (low[at] - low[at + 1])) / rate
    begins, ends = crossings[:-2], crossings[2:]
    level = numpy.array([
        numpy.abs(low[int(a * rate):int(b * rate) + 1]).max() for a, b in zip(begins, ends)
    ])
    loud = level > numpy.abs(low).max() / 10
    return crossings[1:-1][loud], (1 / (ends - begins))[loud]


def curve_difference(ours, theirs):
    """Largest relative difference of the pitch, from the second cycle on."""
    times, pitch = pitch_curve(*theirs)
    mine_times, mine = pitch_curve(*ours)
    later = (times > 0.012) & (times < mine_times[-1] + 0.02)
    return numpy.abs(numpy.interp(times[later], mine_times, mine) / pitch[later] - 1).max()


def cells(samples, rate):
    """The table of sound.py, without what is below 30 Hz."""
    shared = numpy.gcd(RATE, rate)
    resampled = resample_poly(samples, RATE // shared, rate // shared)
    return table(sosfiltfilt(butter(4, 30, "high", fs=RATE, output="sos"), resampled))[None]


def bands(features, floor_db):
    """Levels of the octave bands relative to the loudest."""
    levels = numpy.array([-200 if x is None else x for x in features["octave_db"].values()])
    return numpy.maximum(levels - levels.max(), floor_db)


def plot(path, name, sounds, features):
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(3, 2, figsize=(12, 9), constrained_layout=True)
    figure.suptitle(name)
    for column, title in enumerate(("sample", "preset")):
        samples, rate = sounds[column]
        axes[0, column].plot(numpy.arange(len(samples)) / rate, samples, linewidth=0.5)
        axes[0, column].set_title(title)
        hz, times, power = spectrogram(samples, rate, nperseg=256, noverlap=224)
        shown = 10 * numpy.log10(numpy.maximum(power, power.max() * 1e-9))
        axes[1, column].pcolormesh(times, hz, shown, vmin=shown.max() - 80)
        axes[2, column].bar(list(features[column]["octave_db"]), bands(features[column], -60) + 60)
        axes[2, column].set_ylabel("dB above -60")
    figure.savefig(path, dpi=60)
    pyplot.close(figure)


def main():
    drumgen, kit = sys.argv[1:3]
    folder = pathlib.Path(sys.argv[4]) if sys.argv[3:4] == ["--plot"] else None

    def described(*words, **more):
        done = subprocess.run([drumgen, "render", *words, "--describe"], capture_output=True, **more)
        return json.loads(done.stdout)["features"]

    print(f"{'sample':15} {'T20 s':>14} {'%':>4} {'pitch Hz':>13} {'%':>5} {'curve %':>8} "
          f"{'cells':>6} {'mean dB':>8} {'of all':>7}  difference by octave, 31 Hz .. 16 kHz")
    for sample, preset in PAIRS.items():
        with tempfile.TemporaryDirectory() as scratch:
            wav = f"{scratch}/sample.wav"
            subprocess.run(["sox", f"{kit}/{sample}.flac", "-b", "16", wav], check=True)
            theirs = described(wav)
            their_sound = samples_of(pathlib.Path(wav).read_bytes())
        ours = described(preset)
        our_sound = samples_of(subprocess.run(
            [drumgen, "render", preset, "--bits", "16", "-o", "-"], capture_output=True, check=True
        ).stdout)
        line = f"{sample:15} {theirs['t20_s']:6.4f} {ours['t20_s']:7.4f} "
        line += f"{100 * (ours['t20_s'] / theirs['t20_s'] - 1):4.0f} "
        if not preset.startswith(TUNED) or not theirs["f0_hz"]:
            line += f"{'-':>13} {'-':>5} "
        else:
            line += f"{theirs['f0_hz']:6.1f} {ours['f0_hz']:6.1f} "
            line += f"{100 * (ours['f0_hz'] / theirs['f0_hz'] - 1):5.1f} "
        if preset.startswith("kick"):
            line += f"{100 * curve_difference(our_sound, their_sound):8.1f} "
        else:
            line += f"{'-':>8} "
        line += f"{distances(cells(*our_sound), cells(*their_sound))[0, 0]:6.1f} "
        differences = bands(ours, -40) - bands(theirs, -40)
        everywhere = bands(ours, -60) - bands(theirs, -60)
        line += f"{numpy.abs(differences).mean():8.1f} {numpy.abs(everywhere).mean():7.1f}  "
        print(line + " ".join(f"{x:5.1f}" for x in everywhere))
        if folder is not None:
            folder.mkdir(exist_ok=True)
            plot(folder / f"{sample}.png", f"{sample} and {preset}", (their_sound, our_sound),
                 (theirs, ours))


if __name__ == "__main__":
    main()

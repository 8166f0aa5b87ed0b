"""What is heard in each note's window."""

import subprocess

import numpy

RATE = 48000


def read_wave(path):
    """The channels of a sound file as one row each, at RATE, full scale 1."""
    channels = int(subprocess.run(["soxi", "-c", path], capture_output=True, text=True, check=True).stdout)
    raw = subprocess.run(["sox", "-V1", path, "-t", "f32", "-r", str(RATE), "-"], capture_output=True, check=True).stdout
    return numpy.frombuffer(raw, "<f4").astype(float).reshape(-1, channels).T


def stretch(sound, start_s, seconds):
    """A part of a sound, with silence where that has ended."""
    first, last = round(start_s * RATE), round((start_s + seconds) * RATE)
    return numpy.pad(sound[first:last], (0, max(0, last - max(first, len(sound)))))


def level_db(sound):
    """RMS of a stretch, dB of full scale; -200 for silence."""
    power = float(numpy.mean(numpy.square(sound))) if len(sound) else 0
    return 10 * numpy.log10(power) if power > 1e-20 else -200.0


def centroid_hz(sound):
    """Centre of the power spectrum."""
    power = numpy.abs(numpy.fft.rfft(sound)) ** 2
    return float(numpy.sum(power * numpy.arange(len(power))) / numpy.sum(power) * RATE / len(sound))

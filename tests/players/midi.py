"""MIDI files for players, and what is heard in each note's window."""

import struct
import subprocess

import numpy

RATE = 48000
TICKS = 480  # of a quarter, which has half a second


def ticks(seconds):
    return round(seconds * 2 * TICKS)


def length(number):
    """A number as MIDI files have it: seven bits in a byte."""
    data = [number & 127]
    while number > 127:
        number >>= 7
        data.insert(0, number & 127 | 128)
    return bytes(data)


def write_song(path, notes, end_s, channel=9):
    """A file of notes, (seconds, key, velocity), each held for a tenth of a second; channel 9 is the drums'."""
    events = []
    for seconds, key, velocity in notes:
        events.append((ticks(seconds), 1, bytes((0x90 | channel, key, velocity))))
        events.append((ticks(seconds + 0.1), 0, bytes((0x80 | channel, key, 0))))
    events.append((ticks(end_s), 2, b"\xff\x2f\x00"))
    track = b"\x00\xff\x51\x03" + (500000).to_bytes(3, "big")
    now = 0
    for tick, _, event in sorted(events, key=lambda event: event[:2]):
        track += length(tick - now) + event
        now = tick
    with open(path, "wb") as file:
        file.write(b"MThd" + struct.pack(">IHHH", 6, 0, 1, TICKS))
        file.write(b"MTrk" + struct.pack(">I", len(track)) + track)


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

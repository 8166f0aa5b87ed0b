"""MIDI files for what plays drums."""

import struct

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


def write_song(path, notes, end_s, channel=9, program=None):
    """A file of notes, (seconds, key, velocity), each held for a tenth of a second; channel 9 is the drums'."""
    events = [] if program is None else [(0, 0, bytes((0xC0 | channel, program)))]
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

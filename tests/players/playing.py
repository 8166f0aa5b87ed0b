"""Players without a screen or a sound card, and what a kit must do in each."""

import json
import os
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import numpy
from midi import RATE, centroid_hz, level_db, read_wave, stretch
from song import write_song

BINARY = os.path.abspath(sys.argv[1])
VELOCITIES = (1, 32, 64, 96, 127)
APART_S = 2.0
EARLY_S = 0.05  # that a player may begin a note before its time
NAMES = ["Große Trommel", "a & b", "<kick>", 'say "boom"', "#1", "it's", "100%", "ナイス", "con", "a;b", "kick 1",
         "kick_1", "*?"]


class Failed(Exception):
    pass


def check(truth, what):
    if not truth:
        raise Failed(what)


def quiet(*words, **more):
    """Runs a program; what it printed when it fails."""
    done = subprocess.run([str(word) for word in words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=300, **more)
    check(done.returncode == 0, f"{words} ends with {done.returncode}: {done.stdout.decode(errors='replace')[-2000:]}")
    return done.stdout.decode(errors="replace")


def export(*words):
    quiet(BINARY, "export-kit", *words)


def private_home():
    """The environment of a program that must leave the user's own folders alone."""
    home = pathlib.Path("home").resolve()
    home.mkdir(exist_ok=True)
    return {**os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(home), "QT_QPA_PLATFORM": "offscreen"}


class Fluidsynth:
    """SoundFont 2."""

    name = "fluidsynth"
    has_round_robins = False
    has_more_keys = True
    channel = 9

    def load(self, words):
        export(*words, "-o", "kit.sf2")
        return "kit.sf2"

    def play(self, kit, notes, end_s):
        write_song("song.mid", notes, end_s, self.channel)
        quiet("fluidsynth", "-niq", "-F", "played.wav", "-r", RATE, "-g", 1, "-R", 0, "-C", 0, kit, "song.mid")
        return read_wave("played.wav")


class Polyphone(Fluidsynth):
    """SFZ, by way of a SoundFont that Polyphone makes of it."""

    name = "polyphone"
    channel = 0  # it makes a preset of bank 0

    def load(self, words):
        export(*words, "--format", "dir", "-o", "sfz")
        pathlib.Path("sfz/converted.sf2").unlink(missing_ok=True)
        quiet("polyphone", "-1", "-i", "sfz/kit.sfz", "-o", "converted", env=private_home())
        made = pathlib.Path("sfz/converted.sf2")  # beside what it converts
        check(made.exists(), "is converted")
        return made


class Drumgizmo:
    name = "drumgizmo"
    has_round_robins = True
    has_more_keys = True

    def load(self, words):
        export(*words, "--format", "drumgizmo", "-o", "gizmo")
        return "gizmo"

    def play(self, kit, notes, end_s):
        write_song("song.mid", notes, end_s)
        for path in pathlib.Path(".").glob("played*.wav"):
            path.unlink()
        # It plays MIDI files at half their tempo.
        quiet("drumgizmo", "-p", "close=1,random=0,diverse=0.3", "-i", "midifile", "-I",
              f"file=song.mid,midimap={kit}/midimap.xml,speed=2", "-o", "wavfile", "-O", f"file=played,srate={RATE}",
              f"{kit}/drumkit.xml")
        return [read_wave(path)[0] for path in sorted(pathlib.Path(".").glob("played*.wav"))]


class Hydrogen:
    name = "hydrogen"
    has_round_robins = True
    has_more_keys = False  # each would be a row
    schema = "/usr/share/hydrogen/data/xsd/drumkit.xsd"

    def load(self, words):
        export(*words, "-o", "kit.h2drumkit")
        told = quiet("h2cli", "-c", "kit.h2drumkit", env=private_home())
        check("is valid" in told, told[-500:])
        quiet("h2cli", "-i", "kit.h2drumkit", env=private_home())
        folder = quiet("tar", "tzf", "kit.h2drumkit").split("/")[0]
        path = next(pathlib.Path("home").glob(f".hydrogen/data/drumkits/{folder}*/drumkit.xml"), None)
        check(path is not None, f"{folder} is installed")
        quiet("xmllint", "--noout", "--schema", self.schema, path)
        return path

    def play(self, kit, notes, end_s, *more):
        self.write_song(kit, notes, end_s)
        quiet("h2cli", "-s", "song.h2song", *more, "-o", "played.wav", "-d", "auto", "-r", RATE, "-b", 24, env=private_home())
        return read_wave("played.wav")

    @staticmethod
    def write_song(kit, notes, end_s):
        root = ElementTree.parse(kit).getroot()
        for element in root.iter():
            element.tag = element.tag.split("}")[-1]
        song = ElementTree.Element("song")

        def add(parent, tag, text=""):
            element = ElementTree.SubElement(parent, tag)
            element.text = str(text)
            return element

        for tag, text in (
            ("version", "1.2.0"), ("bpm", 120), ("volume", 1), ("metronomeVolume", 0), ("name", "x"), ("author", ""),
            ("notes", ""), ("license", ""), ("loopEnabled", "false"), ("patternModeMode", "true"),
            ("playbackTrackFilename", ""), ("playbackTrackEnabled", "false"), ("playbackTrackVolume", 0),
            ("action_mode", 0), ("mode", "song"), ("pan_law_type", "RATIO_STRAIGHT_POLYGONAL"),
            ("pan_law_k_norm", 1.33333), ("humanize_time", 0), ("humanize_velocity", 0), ("swing_factor", 0),
        ):
            add(song, tag, text)
        song.append(root.find("componentList"))
        instruments = ElementTree.SubElement(song, "instrumentList")
        ids = {}
        for instrument in root.find("instrumentList"):
            copy = ElementTree.SubElement(instruments, "instrument")
            for element in instrument:
                copy.append(element)
                if element.tag == "name":
                    add(copy, "drumkit", pathlib.Path(kit).parent.name)
                    add(copy, "drumkitLookup", 1)
            ids[int(instrument.findtext("midiOutNote"))] = instrument.findtext("id")
        patterns = ElementTree.SubElement(song, "patternList")
        sequence = ElementTree.Element("patternSequence")
        for number in range(int(end_s / APART_S) + 1):
            pattern = ElementTree.SubElement(patterns, "pattern")
            for tag, text in (("name", f"p{number}"), ("category", ""), ("size", 192), ("denominator", 4), ("info", "")):
                add(pattern, tag, text)
            list_of_notes = add(pattern, "noteList")
            for seconds, key, velocity in notes:
                if int(seconds / APART_S) != number:
                    continue
                note = add(list_of_notes, "note")
                for tag, text in (
                    ("position", round(seconds % APART_S * 96)), ("leadlag", 0), ("velocity", velocity / 127), ("pan", 0),
                    ("pitch", 0), ("probability", 1), ("key", "C0"), ("length", -1), ("instrument", ids[key]),
                    ("note_off", "false"),
                ):
                    add(note, tag, text)
            add(add(sequence, "group"), "patternID", f"p{number}")
        add(song, "virtualPatternList")
        song.append(sequence)
        for tag in ("ladspa", "BPMTimeLine", "timeLineTag", "automationPaths"):
            add(song, tag)
        ElementTree.ElementTree(song).write("song.h2song", xml_declaration=True, encoding="UTF-8")


def keys_of(words):
    lines = quiet(BINARY, "export-kit", *words, "--list", "--json").splitlines()
    return {json.loads(line)["slot"]: json.loads(line)["key"] for line in lines}


def windows(player, kit, notes):
    """What each note sounds like, the left channel."""
    timed = [(0.5 + APART_S * number, key, velocity) for number, (key, velocity) in enumerate(notes)]
    left = player.play(kit, timed, 1 + APART_S * len(notes))[0]
    return [stretch(left, seconds - EARLY_S, 1.2) for seconds, _, _ in timed]


def velocities_are_heard(player):
    words = ("808", "--velocities", "5")
    kit = player.load(words)
    keys = keys_of(words)
    heard = windows(player, kit, [(key, velocity) for key in keys.values() for velocity in VELOCITIES])
    for place, name in enumerate(keys):
        mine = heard[len(VELOCITIES) * place:len(VELOCITIES) * (place + 1)]
        levels = [level_db(sound) for sound in mine]
        check(levels[0] > -95, f"{name}: audible at velocity 1: {levels}")
        check(all(soft + 1 < loud for soft, loud in zip(levels, levels[1:])), f"{name}: louder: {levels}")
        centroids = [centroid_hz(sound) for sound in mine]
        check(centroids[-1] > 1.02 * centroids[0], f"{name}: brighter: {centroids}")
        if min(centroids) > 100:  # a kick's centroid is that of its pitch
            check(all(soft < loud for soft, loud in zip(centroids, centroids[1:])), f"{name}: brighter: {centroids}")


def closed_cuts_open(player, *more):
    words = ("--slot", "open_hat=hat/rock-open", "--slot", "closed_hat=hat/trap", *more)
    kit = player.load(words)
    keys = keys_of(words)
    both = [(0.5, keys["open_hat"], 127), (0.6, keys["closed_hat"], 127), (4.5, keys["open_hat"], 127)]
    left = player.play(kit, both, 9)[0]
    # Players fade out for a while: fluidsynth by 112 dB a second.
    rests = [stretch(left, start + 0.5, 0.1) for start in (0.5, 4.5)]
    check(level_db(rests[0]) < level_db(rests[1]) - 30, f"{[level_db(rest) for rest in rests]}")


def hits_of_a_cycle_differ(player, *more):
    words = ("acoustic", "--round-robins", "3", *more)
    kit = player.load(words)
    key = keys_of(words)["snare"]
    hits = windows(player, kit, [(key, 100)] * 6)
    levels = [level_db(hit) for hit in hits]
    check(max(levels) - min(levels) < 1.5, f"never two at once, and as loud: {levels}")
    spectra = [numpy.abs(numpy.fft.rfft(hit)) for hit in hits]

    def differ(one, other):
        return float(numpy.linalg.norm(spectra[one] - spectra[other]) / numpy.linalg.norm(spectra[one]))

    if not player.has_round_robins:
        return
    following = [differ(number, number + 1) for number in range(5)]
    check(sum(difference > 0.1 for difference in following) >= 4, f"successive hits differ: {following}")
    if player.name == "hydrogen":  # DrumGizmo picks, but not in turn
        again = [differ(number, number + 3) for number in range(3)]
        check(max(again) < 0.02, f"the cycle is complete and comes again: {again}")


def general_midi_plays(player):
    """Every drum of General MIDI is heard, hats cut each other off on keys that they answer for, too."""
    if not player.has_more_keys:
        return
    for kit_name in ("909", "percussion"):
        kit = player.load((kit_name, "--duration", "0.4"))
        keys = range(35, 82)
        for key, sound in zip(keys, windows(player, kit, [(key, 110) for key in keys])):
            check(level_db(sound) > -70, f"{kit_name}: {key}: {level_db(sound)}")


# Rows of Hydrogen's own kits, and what plays them: names with the first word that the kit has.
ROWS = (
    (36, ("kick",)), (37, ("rim", "stick")), (38, ("snare",)), (39, ("clap", "snare")), (40, ("snare",)), (41, ("tom",)), (42, ("hat",)),
    (43, ("tom",)), (44, ("hat",)), (45, ("tom",)), (46, ("hat",)), (56, ("cowbell", "agogo", "rim", "ride")), (51, ("ride", "cymbal", "crash")),
    (49, ("crash", "cymbal")), (59, ("ride", "cymbal", "crash")), (55, ("splash", "crash", "cymbal")), (82, ("hat",)),
    (53, ("ride", "cowbell", "crash")),
)


def songs_get_their_drums(player):
    """A song of GMRockKit that gets a kit of ours: each row plays a drum of its kind, as its sound tells."""
    if player.name != "hydrogen":
        return
    own = "/usr/share/hydrogen/data/drumkits/GMRockKit/drumkit.xml"
    for name in [line.split()[0] for line in quiet(BINARY, "list", "kits").splitlines()]:
        if name == "percussion":
            continue  # has no such drums
        player.load((name, "--duration", "0.5"))
        folder = quiet("tar", "tzf", "kit.h2drumkit").split("/")[0]
        quiet("tar", "xzf", "kit.h2drumkit")
        spectra = {}
        for path in sorted(pathlib.Path(folder).glob("*.wav")):
            spectra[path.stem] = numpy.abs(numpy.fft.rfft(read_wave(str(path))[0][:RATE // 2], RATE // 2))
        notes = [(0.5 + APART_S * number, key, 127) for number, (key, _) in enumerate(ROWS)]
        left = player.play(own, notes, 1 + APART_S * len(ROWS), "-k", folder)[0]
        for (seconds, key, _), (_, words) in zip(notes, ROWS):
            heard = numpy.abs(numpy.fft.rfft(stretch(left, seconds, 0.5), RATE // 2))

            def likeness(stem):
                norms = numpy.linalg.norm(heard) * numpy.linalg.norm(spectra[stem])
                return float(heard @ spectra[stem]) / norms if norms else 0

            nearest = max(spectra, key=likeness)
            check(likeness(nearest) > 0.9, f"{name}: {key} sounds like {nearest} at {likeness(nearest)}")
            word = next(word for word in words if any(word in stem for stem in spectra))
            check(word in nearest, f"{name}: row of {key} plays {nearest}, not a {word}")


def two_channels_play(player):
    """A kit of two channels is as loud as that of one, has both, is cut off and takes turns as that does."""
    slots = ("--slot", "clap=clap/909", "--slot", "snare=snare/rock", "--slot", "crash=cymbal/crash", "--slot",
             "kick=kick/rock", "--duration", "1.2")
    sides = {}
    for width in ("0", "0.8"):
        kit = player.load((*slots, "--width", width))
        keys = keys_of((*slots, "--width", width))
        timed = [(0.5 + APART_S * number, key, 127) for number, key in enumerate(keys.values())]
        played = player.play(kit, timed, 1 + APART_S * len(keys))
        check(len(played) == 2, f"{len(played)} channels")
        for name, (start, _, _) in zip(keys, timed):
            left, right = (stretch(channel, start - EARLY_S, 1.5) for channel in played)
            sides[name, width] = (level_db(left), level_db(right), level_db(left - right))
    for name in keys:
        one, two = sides[name, "0"], sides[name, "0.8"]
        loudness = [10 * numpy.log10(10 ** (left / 10) + 10 ** (right / 10)) for left, right, _ in (one, two)]
        check(abs(loudness[0] - loudness[1]) < 1, f"{name}: as loud: {loudness}")
        check(abs(two[0] - two[1]) < 2, f"{name}: both sides: {two}")
        check(one[2] < one[0] - 60, f"{name}: one channel has no side: {one}")
        check(name == "kick" or two[2] > two[0] - 20, f"{name}: has a side: {two}")
    closed_cuts_open(player, "--width", "0.8")
    hits_of_a_cycle_differ(player, "--width", "0.8")


def names_play(player):
    slots = {name: {"instrument": "snare", "seed": number} for number, name in enumerate(NAMES)}
    body = json.dumps({"name": 'Kit & <Co> "#1" ä', "slots": slots})
    every_key(player, (body, "--duration", "0.3"))


def sixty_play(player):
    slots = {f"sound {number}": {"instrument": "snare", "seed": number} for number in range(60)}
    every_key(player, (json.dumps({"name": "sixty", "slots": slots}), "--duration", "0.3"))


def every_key(player, words):
    kit = player.load(words)
    keys = keys_of(words)
    for name, sound in zip(keys, windows(player, kit, [(key, 127) for key in keys.values()])):
        check(level_db(sound) > -60, f"{name}: {level_db(sound)}")


def matched_kit_plays(player):
    """One recording of each drum becomes a kit with velocity layers and round robins."""
    drums = {"Kick-Hard": ("kick", 36), "HatClosed-2": ("hat/909-closed", 42), "Snare": ("snare", 38), "HatOpen": ("hat", 46)}
    os.mkdir("drums")  # h2cli takes files beside it for those of its own kits
    for name, (patch, _) in drums.items():
        quiet(BINARY, "render", patch, "--bare", "-q", "-o", f"drums/{name}.wav")
    lines = quiet(BINARY, "match", *(f"drums/{name}.wav" for name in drums), "--effort", "300", "-q")
    pathlib.Path("kit.jsonl").write_text(lines)
    words = ("kit.jsonl", "--velocities", "3", "--round-robins", "2")
    check(keys_of(words) == {name: key for name, (_, key) in drums.items()}, keys_of(words))
    kit = player.load(words)
    for name, (_, key) in drums.items():
        levels = [level_db(sound) for sound in windows(player, kit, [(key, 30), (key, 80), (key, 127)])]
        check(levels[0] > -80 and levels[0] + 1 < levels[1] < levels[2] - 1, f"{name}: {levels}")


CHECKS = [velocities_are_heard, closed_cuts_open, hits_of_a_cycle_differ, matched_kit_plays, two_channels_play, general_midi_plays, songs_get_their_drums,
          names_play, sixty_play]


def structure_of_texts():
    """What no player here can tell: that texts name files that are there, and cover every velocity and turn."""
    export("808", "--velocities", "4", "--round-robins", "3", "--format", "decentsampler,drumgizmo", "-o", "deep")
    quiet("unzip", "-q", "-o", "deep.dslibrary", "-d", "decent")
    preset = ElementTree.parse(next(pathlib.Path("decent").glob("*.dspreset"))).getroot()
    check(preset.tag == "DecentSampler" and preset.get("minVersion"), "root")
    groups = preset.findall("groups/group")
    check(len(groups) == 16, f"{len(groups)} groups")
    for group in groups:
        turns = {}
        first = group.find("sample").get("rootNote")
        for sample in group.findall("sample"):
            check(pathlib.Path("decent", sample.get("path")).is_file(), f"{sample.get('path')} is there")
            check(sample.get("rootNote") == sample.get("loNote") == sample.get("hiNote"), "one key")
            check(re.fullmatch(r"-?\d+(\.\d+)?dB", sample.get("volume")), sample.get("volume"))
            if sample.get("rootNote") != first:
                continue  # the same for another key
            turns.setdefault(sample.get("seqPosition"), []).append((int(sample.get("loVel")), int(sample.get("hiVel"))))
        check(group.get("seqMode") == "round_robin" and sorted(turns) == ["1", "2", "3"], "a cycle")
        for splits in turns.values():
            check(splits[0][0] == 1 and splits[-1][1] == 127, f"{splits}")
            check(all(a[1] + 1 == b[0] for a, b in zip(splits, splits[1:])), f"{splits}")
    chokes = [group.get("silencedByTags") for group in groups]
    check(chokes.count("choke1") == 3 and chokes.count(None) == 13, f"{chokes}")
    kit = pathlib.Path("deep-drumgizmo")
    notes = {map_.get("instr"): map_.get("note") for map_ in ElementTree.parse(kit / "midimap.xml").getroot()}
    instruments = ElementTree.parse(kit / "drumkit.xml").getroot().findall("instruments/instrument")
    check(len(instruments) == 16 and set(notes) == {one.get("name") for one in instruments}, "all are mapped")
    for instrument in instruments:
        path = kit / instrument.get("file")
        for file in ElementTree.parse(path).getroot().iter("audiofile"):
            check((path.parent / file.get("file")).is_file(), f"{file.get('file')} is there")


def hydrogens_schema_holds():
    """Plain and deep kits, and names that XML must escape."""
    slots = {name: {"instrument": "hat", "seed": number} for number, name in enumerate(NAMES)}
    body = json.dumps({"name": 'Kit & <Co> "#1" ä', "slots": slots})
    for words in (("808",), ("909", "--velocities", "16", "--round-robins", "3", "--duration", "0.05"), (body,)):
        export(*words, "-o", "kit.h2drumkit")
        quiet("tar", "xzf", "kit.h2drumkit")
        for path in pathlib.Path(".").glob("*/drumkit.xml"):
            quiet("xmllint", "--noout", "--schema", Hydrogen.schema, path)
            for name in ElementTree.parse(path).getroot().iter("{http://www.hydrogen-music.org/drumkit}filename"):
                check((path.parent / name.text).is_file(), f"{name.text} is there")


def run(players, checks):
    """Every check in every player, each in a folder of its own; the exit status."""
    import tempfile

    failed = passed = 0
    for player in players:
        for one in checks:
            with tempfile.TemporaryDirectory(prefix="drumgen-player-") as folder:
                os.chdir(folder)
                try:
                    one(player) if player else one()
                    passed += 1
                except (Failed, OSError, subprocess.SubprocessError) as error:
                    failed += 1
                    print(f"{player.name if player else 'structure'}: {one.__name__}: {error}")
                os.chdir("/")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0

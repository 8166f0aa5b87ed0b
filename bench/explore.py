"""How soon proposals learn what a simulated listener likes, beside the older method in the same run.

    explore.py DRUMGEN [--repeats 30] [--kinds kick,snare,hat] [--listeners ball,...] [--flip 0] [--no-old]
    explore.py DRUMGEN --time

--time tells instead how long it takes to propose ten sounds from stores of many ratings, as a whole process, beside
proposing them evenly.

A listener likes 11 % of all even proposals. He hears ordinary proposals, five at a time, and labels them; after 10, 30
and 50 labels the ten best (--explore 0) are counted that he really likes. First it is told how many he likes of the first
ten proposals, which nothing was learned for, by what they are drawn from. Listeners of macros: a ball at the centre, a
ball in a corner, a turned ellipsoid, two rules, two islands. The listener "sound" judges what is measured of the rendered
sound: spectral centroid below X and T20 above Y. The older method: a forest of 50 trees on all labels scores 1200 even
draws, and each proposal is one of the best of them, or with a chance of 0.3 any.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from multiprocessing import Pool

import numpy as np

STEPS = (10, 30, 50)
BATCH = 5
RATE = 0.11  # of even proposals that are liked
SAMPLE = 3000


def run(*words, text=None):
    return subprocess.run([BINARY, *words], input=text, capture_output=True, text=True, check=True).stdout


def proposals(*words):
    return [json.loads(line) for line in run("propose", *words).splitlines()]


class Kind:
    """An instrument: even proposals, and its macros on a scale of 0..1."""

    def __init__(self, name):
        self.name = name
        self.even = proposals(name, "-n", str(SAMPLE), "--seed", "4711", "--from", "uniform")
        self.keys = sorted(self.even[0]["params"])
        self.sorted = {key: np.sort([patch["params"][key] for patch in self.even]) for key in self.keys}
        self.places = np.array([self.place(patch) for patch in self.even])

    def place(self, patch):
        """Proposals are even along the curves of their macros, so a rank is a place."""
        scale = np.linspace(0, 1, SAMPLE)
        return np.array([np.interp(patch["params"][key], self.sorted[key], scale) for key in self.keys])


def quantile(values, share):
    return np.sort(values)[max(int(share * len(values)) - 1, 0)]


def ball(kind, rng, corner=False):
    centre = np.full(len(kind.keys), 0.5)
    if corner:
        centre = np.where(rng.random(len(kind.keys)) < 0.5, 0.2, 0.8)
    radius = quantile(np.linalg.norm(kind.places - centre, axis=1), RATE)
    return lambda places: [np.linalg.norm(places - centre, axis=1) <= radius]


def ellipsoid(kind, rng):
    d = len(kind.keys)
    turn, _ = np.linalg.qr(rng.normal(size=(d, d)))
    stretch = turn * np.geomspace(0.5, 2, d)
    centre = 0.35 + 0.3 * rng.random(d)
    radius = quantile(np.linalg.norm((kind.places - centre) @ stretch, axis=1), RATE)
    return lambda places: [np.linalg.norm((places - centre) @ stretch, axis=1) <= radius]


def rules(kind, rng):
    first, second = rng.choice(len(kind.keys), 2, replace=False)
    share = np.sqrt(RATE)
    return lambda places: [(places[:, first] < share) & (places[:, second] > 1 - share)]


def islands(kind, rng):
    """Two balls, far from each other."""
    centre = np.where(rng.random(len(kind.keys)) < 0.5, 0.25, 0.75)
    parts = []
    for middle in (centre, 1 - centre):
        parts.append((middle, quantile(np.linalg.norm(kind.places - middle, axis=1), RATE / 2)))
    return lambda places: [np.linalg.norm(places - middle, axis=1) <= radius for middle, radius in parts]


def measured(patches):
    lines = run("render", "-", "--describe", text="".join(json.dumps(patch) + "\n" for patch in patches))
    features = [json.loads(line)["features"] for line in lines.splitlines()]
    return np.array([[feature["spectral_centroid_hz"], feature["t20_s"]] for feature in features])


def sound(kind, rng):
    """Below a centroid and above a decay, of the measured sound."""
    if not hasattr(kind, "measured"):
        kind.measured = measured(kind.even[:600])
    table = kind.measured
    best = None
    for share in np.linspace(0.15, 0.6, 46):
        x = quantile(table[:, 0], share)
        y = quantile(table[:, 1], 1 - share)
        rate = np.mean((table[:, 0] < x) & (table[:, 1] > y))
        if best is None or abs(rate - RATE) < abs(best[0] - RATE):
            best = (rate, x, y)
    return lambda patches: [(measured(patches) < [best[1], np.inf]).all(axis=1) & (measured(patches)[:, 1] > best[2])]


LISTENERS = {
    "ball": ball,
    "corner": lambda kind, rng: ball(kind, rng, corner=True),
    "ellipsoid": ellipsoid,
    "rules": rules,
    "islands": islands,
    "sound": sound,
}


class Listener:
    def __init__(self, kind, name, seed):
        self.kind = kind
        self.judges_sound = name == "sound"
        self.judge = LISTENERS[name](kind, np.random.default_rng(seed))

    def parts(self, patches):
        """Which of his islands each patch is on."""
        if self.judges_sound:
            return self.judge(patches)
        return self.judge(np.array([self.kind.place(patch) for patch in patches]))

    def likes(self, patches):
        return np.any(self.parts(patches), axis=0)


class Learned:
    """drumgen itself."""

    def __init__(self, kind, seed, folder):
        self.kind = kind
        self.seed = seed
        self.store = os.path.join(folder, "ratings.jsonl")
        open(self.store, "w").close()
        self.batch = 0

    def add(self, patches, labels):
        with open(self.store, "a") as store:
            for patch, label in zip(patches, labels):
                patch = {key: value for key, value in patch.items() if key in ("instrument", "seed", "params")}
                store.write(json.dumps({"time": "", "label": "like" if label else "dislike", "patch": patch}) + "\n")

    def propose(self, count, *words):
        self.batch += 1
        return proposals(self.kind.name, "--ratings", self.store, "-n", str(count), "--seed",
                         str(1000 * self.seed + self.batch), *words)

    def best(self, count):
        return self.propose(count, "--explore", "0")


class Forest:
    """The older method."""

    def __init__(self, kind, seed, _):
        self.kind = kind
        self.rng = np.random.default_rng(seed)
        self.places = []
        self.labels = []

    def add(self, patches, labels):
        self.places += [self.kind.place(patch) for patch in patches]
        self.labels += list(labels)

    def scores(self, patches):
        from sklearn.ensemble import RandomForestClassifier
        if len(set(self.labels)) < 2:
            return self.rng.random(len(patches))
        forest = RandomForestClassifier(50, random_state=0).fit(self.places, self.labels)
        places = np.array([self.kind.place(patch) for patch in patches])
        return forest.predict_proba(places)[:, list(forest.classes_).index(True)]

    def draw(self):
        return [self.kind.even[i] for i in self.rng.choice(SAMPLE, 1200, replace=False)]

    def best(self, count):
        candidates = self.draw()
        return [candidates[i] for i in np.argsort(-self.scores(candidates), kind="stable")[:count]]

    def propose(self, count):
        best = self.best(count)
        return [self.kind.even[self.rng.integers(SAMPLE)] if self.rng.random() < 0.3 else patch for patch in best]


def one_run(job):
    kind_name, listener_name, method, seed, flip = job
    kind = KINDS[kind_name]
    listener = Listener(kind, listener_name, seed)
    rng = np.random.default_rng(seed + 1)
    result = {}
    with tempfile.TemporaryDirectory() as folder:
        model = {"drumgen": Learned, "forest": Forest}[method](kind, seed, folder)
        liked = set()
        for labels in range(BATCH, STEPS[-1] + 1, BATCH):
            patches = model.propose(BATCH)
            parts = listener.parts(patches)
            truth = np.any(parts, axis=0)
            liked |= {island for island, on in enumerate(parts) if on.any()}
            model.add(patches, truth ^ (rng.random(BATCH) < flip))
            if labels in STEPS:
                best = model.best(10)
                result[labels] = float(np.mean(listener.likes(best)))
                places = np.array([kind.place(patch) for patch in best])
                gaps = np.linalg.norm(places[:, None] - places[None], axis=2) + 9 * np.eye(10)
                result["gap", labels] = float(gaps.min())
        if listener_name == "islands":
            seen = [on.any() for on in listener.parts(model.propose(20))]
            result["both"] = float(all(seen))
            result["both known"] = float(all(seen)) if len(liked) == 2 else np.nan
    return job[:3], result


def tell_first(names, repeats):
    """Share of the first ten proposals that is liked, before anything was said, by what they are drawn from."""
    print(f"{'first ten liked':20}" + "".join(f"{name:>11}" for name in names))
    for origin in ("typical", "uniform"):
        shares = []
        for name in names:
            liked = []
            for kind in KINDS.values():
                for seed in range(repeats):
                    patches = proposals(kind.name, "-n", "10", "--seed", str(seed), "--from", origin)
                    liked.append(np.mean(Listener(kind, name, seed).likes(patches)))
            shares.append(np.mean(liked))
        print(f"{origin:20}" + "".join(f"{share:11.2f}" for share in shares))


def wall(*words):
    """Seconds of a whole process, the median of many."""
    times = []
    for _ in range(25):
        begin = time.perf_counter()
        run(*words)
        times.append(time.perf_counter() - begin)
    return float(np.median(times))


def tell_times():
    even = wall("propose", "kick", "-n", "10")
    print(f"{'ratings':>9}{'of the kind':>13}{'ms':>8}{'evenly = 1':>12}")
    print(f"{'evenly':>9}{'':13}{1000 * even:8.1f}{1:12.1f}")
    with tempfile.TemporaryDirectory() as folder:
        for count, kinds in ((10, ["kick"]), (100, ["kick"]), (1000, ["kick"]), (10000, ["kick", "snare", "hat"])):
            lines = run("propose", *kinds, "-n", str(count), "--seed", "4711").splitlines(keepends=True)
            store = os.path.join(folder, f"{count}.jsonl")
            for at, label in ((0, "like"), (1, "dislike"), (2, "dislike")):
                run("feedback", label, "-", "--ratings", store, text="".join(lines[at::3]))
            took = wall("propose", "kick", "-n", "10", "--ratings", store)
            print(f"{count:9}{-(-count // len(kinds)):13}{1000 * took:8.1f}{took / even:12.1f}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--repeats", type=int, default=30)
    parser.add_argument("--kinds", default="kick,snare,hat")
    parser.add_argument("--listeners", default=",".join(LISTENERS))
    parser.add_argument("--flip", type=float, default=0, help="share of labels that are slips")
    parser.add_argument("--no-old", action="store_true", help="leave the older method out")
    parser.add_argument("--time", action="store_true", help="tell how long proposing takes, and nothing else")
    options = parser.parse_args()
    global BINARY, KINDS
    BINARY = os.path.abspath(options.binary)
    if options.time:
        tell_times()
        return
    KINDS = {name: Kind(name) for name in options.kinds.split(",")}
    names = options.listeners.split(",")
    for kind in KINDS.values():
        if "sound" in names:
            sound(kind, None)
    tell_first(names, options.repeats)
    methods = ["drumgen"] if options.no_old else ["drumgen", "forest"]
    jobs = [(kind, name, method, seed, options.flip)
            for kind in KINDS for name in names for method in methods for seed in range(options.repeats)]
    with Pool(os.cpu_count()) as pool:
        done = pool.map(one_run, jobs, chunksize=1)
    results = {}
    for job, result in done:
        results.setdefault(job, []).append(result)

    def mean(runs, key):
        values = [run[key] for run in runs if key in run and not np.isnan(run[key])]
        return np.mean(values) if values else np.nan

    print(f"{options.repeats} repeats, {options.flip:.0%} of the labels flipped; share of the best ten that is liked")
    print(f"{'kind':8}{'macros':>7}  {'listener':11}{'method':9}" + "".join(f"{step:>7}" for step in STEPS) +
          f"{'gap':>7}{'both':>7}{'known':>7}")
    for (kind, name, method), runs in results.items():
        print(f"{kind:8}{len(KINDS[kind].keys):7}  {name:11}{method:9}" +
              "".join(f"{mean(runs, step):7.2f}" for step in STEPS) +
              f"{mean(runs, ('gap', STEPS[1])):7.2f}{mean(runs, 'both'):7.2f}{mean(runs, 'both known'):7.2f}")
    for method in methods:
        runs = [run for (_, name, own), some in results.items() if own == method and name != "sound" for run in some]
        if runs:
            print(f"{'all macro listeners':28}{method:9}" + "".join(f"{mean(runs, step):7.2f}" for step in STEPS))


if __name__ == "__main__":
    sys.exit(main())

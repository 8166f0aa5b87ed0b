"use strict";
// Everything that a sound's card does. A sound's data is JSON in a script element of its own; its patch is kept as text,
// since a seed may be larger than what JavaScript counts exactly.

const list = document.getElementById("sounds");
const given = [...document.querySelectorAll("script.sound")].map((element) => {
    const sound = JSON.parse(element.textContent);
    element.remove();
    return {...sound, label: null, time: null, isKept: false, card: null, buffer: null, other: null};
});

/** What a recording and a patch that matches it share: the file's name, which drumgen match gives the patch. */
function pairName({title, patch}) {
    return patch === null ? title.replace(/^.*\//, "").replace(/\.[^.]*$/, "") : JSON.parse(patch).name;
}

/** The sounds, each recording right before what matches it; `other` is what a sound is compared with. */
function inPairs(sounds) {
    const recordings = new Map(sounds.filter(({patch}) => patch === null).map((sound) => [pairName(sound), sound]));
    for (const sound of sounds.filter(({patch}) => patch !== null)) {
        sound.other = recordings.get(pairName(sound)) ?? null;
        if (sound.other !== null) {
            sound.other.other ??= sound;
        }
    }
    const isPaired = (sound) => sound.patch === null && sound.other !== null;
    return sounds.filter((sound) => !isPaired(sound)).flatMap((sound) =>
        sound.other?.other === sound ? [sound.other, sound] : [sound]);
}

const sounds = inPairs(given);
let current = 0;
let isRunning = false;
let audio = null;
let playing = null;

// What was said of this page's sounds is remembered under a hash of their patches (FNV-1a).
const memoryKey = "drumgen-" + sounds.reduce((hash, sound) => {
    for (const letter of sound.patch ?? sound.title) {
        hash = Math.imul(hash ^ letter.codePointAt(0), 16777619) >>> 0;
    }
    return hash;
}, 2166136261).toString(16);

function remember() {
    try {
        const told = sounds.map(({label, time, isKept}) => ({label, time, isKept}));
        localStorage.setItem(memoryKey, JSON.stringify(told));
    } catch {
        // A browser that keeps nothing for a file still rates and saves.
    }
}

function recall() {
    try {
        const told = JSON.parse(localStorage.getItem(memoryKey)) ?? [];
        sounds.forEach((sound, at) => Object.assign(sound, told[at]));
    } catch {
        // As above.
    }
}

function bytesOf(base64) {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

async function bufferOf(sound) {
    audio ??= new AudioContext({latencyHint: "interactive"});
    if (audio.state === "suspended") {
        await audio.resume();
    }
    sound.buffer ??= await audio.decodeAudioData(bytesOf(sound.wav).buffer);
    return sound.buffer;
}

function stop() {
    if (playing) {
        const {source, cursor} = playing;
        playing = null;
        source.onended = null;
        source.stop();
        cursor.style.display = "none";
    }
}

function moveCursor() {
    if (playing) {
        const {cursor, start, seconds} = playing;
        cursor.style.left = 100 * Math.min(1, Math.max(0, (audio.currentTime - start) / seconds)) + "%";
        requestAnimationFrame(moveCursor);
    }
}

async function play(at) {
    const sound = sounds[at];
    select(at);
    const buffer = await bufferOf(sound);
    if (at !== current) {
        return;  // another one was chosen meanwhile
    }
    stop();
    const source = new AudioBufferSourceNode(audio, {buffer});
    const cursor = sound.card.querySelector(".cursor");
    source.connect(audio.destination);
    cursor.style.display = "block";
    playing = {source, cursor, start: audio.currentTime, seconds: buffer.duration};
    source.onended = () => {
        stop();
        if (isRunning) {
            setTimeout(() => isRunning && at === current && next(), 300);
        }
    };
    source.start();
    moveCursor();
}

/** From a match to its recording, and back to the match that was heard last. */
function compare(at) {
    const {other} = sounds[at];
    if (other !== null) {
        if (other.patch === null) {
            other.other = sounds[at];
        }
        play(sounds.indexOf(other));
    }
}

function next() {
    if (current + 1 < sounds.length) {
        play(current + 1);
    } else {
        run(false);
    }
}

function run(on) {
    isRunning = on;
    const button = document.getElementById("run");
    button.setAttribute("aria-pressed", on);
    button.textContent = on ? "\u25a0 Stop" : "\u25b6 Play all";
    if (on) {
        play(current + 1 < sounds.length ? current : 0);
    } else {
        stop();
    }
}

function select(at) {
    sounds[current].card.classList.remove("current");
    current = at;
    const card = sounds[at].card;
    card.classList.add("current");
    card.scrollIntoView({block: "nearest"});
}

/** The card above or below: as many on as there are in a row. */
function rowLength() {
    const top = sounds[0].card.offsetTop;
    const length = sounds.findIndex((sound) => sound.card.offsetTop !== top);
    return length < 1 ? 1 : length;
}

function go(by) {
    const at = current + by;
    if (at >= 0 && at < sounds.length) {
        play(at);
    }
}

function rate(at, label) {
    const sound = sounds[at];
    if (sound.patch === null) {
        return;
    }
    sound.label = label === sound.label ? null : label;
    sound.time = new Date().toISOString().replace(/\.\d+Z$/, "Z");
    sound.isKept = sound.isKept && sound.label !== "dislike";
    tell(sound);
}

/** What is kept is liked too. */
function keep(at) {
    const sound = sounds[at];
    if (sound.patch === null) {
        return;
    }
    sound.isKept = !sound.isKept;
    if (sound.isKept && sound.label !== "like") {
        rate(at, "like");
    }
    tell(sound);
}

/** Shows and remembers what was said of a sound. */
function tell(sound) {
    show(sound);
    tally();
    remember();
}

function show({card, label, isKept}) {
    for (const [name, is] of [["like", label === "like"], ["dislike", label === "dislike"], ["keep", isKept]]) {
        card.querySelector("." + name).setAttribute("aria-pressed", is);
    }
    card.classList.toggle("liked", label === "like");
    card.classList.toggle("disliked", label === "dislike");
    card.classList.toggle("kept", isKept);
}

function tally() {
    const count = (is) => sounds.filter(is).length;
    document.getElementById("count").textContent =
        `${sounds.length} ${sounds.length === 1 ? "sound" : "sounds"}, ${count((one) => one.label === "like")} liked, ` +
        `${count((one) => one.label === "dislike")} disliked, ${count((one) => one.isKept)} kept`;
    document.getElementById("save-ratings").disabled = count((one) => one.label) === 0;
    document.getElementById("save-kept").disabled = count((one) => one.isKept) === 0;
}

function save(name, lines) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(lines, {type: "application/jsonl"}));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function saveRatings() {
    save("drumgen-ratings.jsonl", sounds.filter((sound) => sound.label).map((sound) =>
        `{"time": "${sound.time}", "label": "${sound.label}", "patch": ${sound.patch}}\n`));
}

function saveKept() {
    save("drumgen-kept.jsonl", sounds.filter((sound) => sound.isKept).map((sound) => sound.patch + "\n"));
}

// Sounds that share a seed get names of their own.
const fileCounts = new Map();
for (const sound of sounds.filter(({file}) => file)) {
    const count = (fileCounts.get(sound.file) ?? 0) + 1;
    fileCounts.set(sound.file, count);
    sound.file += (count > 1 ? `-${count}` : "") + ".wav";
}

function commandOf(sound) {
    return `drumgen render '${sound.patch.replaceAll("'", "'\\''")}' -o ${sound.file}`;
}

async function copy(at) {
    const sound = sounds[at];
    if (sound.patch === null) {
        return;
    }
    const button = sound.card.querySelector(".copy");
    try {
        await navigator.clipboard.writeText(commandOf(sound));
    } catch {
        // Where a file may not use the clipboard, the older way still works.
        const area = document.body.appendChild(document.createElement("textarea"));
        area.value = commandOf(sound);
        area.select();
        document.execCommand("copy");
        area.remove();
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
}

function addValues(list, values) {
    for (const [name, value] of values) {
        const row = list.appendChild(document.createElement("div"));
        row.appendChild(document.createElement("dt")).textContent = name;
        row.appendChild(document.createElement("dd")).textContent = value;
    }
}

/** Places of a few frequencies on the spectrogram, which is even in octaves, and the end in time. */
function addScale(panel, sound) {
    for (const [hz, text] of [[100, "100 Hz"], [1000, "1 kHz"], [10000, "10 kHz"]]) {
        const label = panel.appendChild(document.createElement("span"));
        label.textContent = text;
        label.style.top = 100 * (1 - Math.log(hz / 30) / Math.log(20000 / 30)) + "%";
    }
    const end = panel.appendChild(document.createElement("span"));
    end.className = "end";
    end.textContent = sound.seconds >= 1 ? `${sound.seconds.toFixed(2)} s` : `${Math.round(1000 * sound.seconds)} ms`;
}

function drawPictures({card, waveform, spectrogram}) {
    const edge = (side) => waveform.map((column, x) => `${x + .5} ${32 - .25 * column[side]}`);
    card.querySelector("path").setAttribute("d", `M${[...edge(1), ...edge(0).reverse()].join("L")}Z`);
    card.querySelector("img").src = "data:image/png;base64," + spectrogram;
}

// What is far down a long page is drawn when somebody scrolls there.
const soundOf = new Map();
const seeing = new IntersectionObserver((entries) => {
    for (const {target, isIntersecting} of entries) {
        if (isIntersecting) {
            seeing.unobserve(target);
            drawPictures(soundOf.get(target));
        }
    }
}, {rootMargin: "1000px"});

function addCard(sound, at) {
    const card = document.getElementById("card").content.cloneNode(true).firstElementChild;
    const part = (name) => card.querySelector(name);
    sound.card = card;
    part("h2").textContent = sound.title;
    part(".summary").textContent = sound.summary;
    soundOf.set(card, sound);
    seeing.observe(card);
    addScale(part(".spectrum"), sound);
    addValues(part(".stated"), sound.stated);
    part("details").hidden = sound.others.length === 0;
    part("details").addEventListener("toggle", () => addValues(part(".others"), sound.others), {once: true});
    part(".picture").onclick = () => play(at);
    part(".play").onclick = () => play(at);
    for (const [name, act] of [["like", () => rate(at, "like")], ["dislike", () => rate(at, "dislike")],
                               ["keep", () => keep(at)], ["copy", () => copy(at)]]) {
        const button = part("." + name);
        button.disabled = sound.patch === null;
        button.onclick = () => {
            select(at);
            act();
        };
    }
    part(".compare").hidden = sound.other === null;
    part(".compare").onclick = () => compare(at);
    list.append(card);
}

const keys = {
    " ": () => play(current),
    Enter: () => play(current),
    ArrowLeft: () => go(-1),
    ArrowRight: () => go(1),
    ArrowUp: () => go(-rowLength()),
    ArrowDown: () => go(rowLength()),
    l: () => rate(current, "like"),
    d: () => rate(current, "dislike"),
    k: () => keep(current),
    u: () => sounds[current].label && rate(current, sounds[current].label),
    c: () => copy(current),
    p: () => run(!isRunning),
    a: () => compare(current),
};

document.addEventListener("keydown", (event) => {
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    const isPress = event.key === " " || event.key === "Enter";
    // A control that was reached with Tab keeps the keys that press it.
    const isOnControl = isPress && event.target.closest("button, summary") !== null;
    if (act && !event.ctrlKey && !event.metaKey && !event.altKey && !isOnControl) {
        event.preventDefault();
        act();
    }
});
// A click leaves no focus behind, or Space would press the button again.
document.addEventListener("mousedown", (event) => {
    if (event.target.closest("button, summary") !== null) {
        event.preventDefault();
        document.activeElement?.blur();
    }
});

document.getElementById("run").onclick = () => run(!isRunning);
document.getElementById("save-ratings").onclick = saveRatings;
document.getElementById("save-kept").onclick = saveKept;
recall();
sounds.forEach(addCard);
sounds.forEach(show);
tally();
sounds[0].card.classList.add("current");

"use strict";
// The page: a patch that is stated in text, sliders for it, and its sound.

const byId = (id) => document.getElementById(id);
const state = {engine: null, kinds: null, settings: [], patch: null, seed: "0", sound: null, past: [], other: null, ends: null, locks: new Set()};
let audio = null;
let playing = null;
let resting = 0;

const tell = (text) => { byId("told").textContent = text; };

/** A patch as drumgen reads it. The seed stays text. */
function textOf({instrument, params, render}, seed) {
    const rows = [`"instrument": ${JSON.stringify(instrument)}`, `"seed": ${seed}`, `"params": ${JSON.stringify(params)}`];
    return `{${rows.join(", ")}${Object.keys(render).length ? `, "render": ${JSON.stringify(render)}` : ""}}`;
}

const patchText = () => textOf(state.patch, state.seed);

/** The seed of a patch that drumgen printed. */
const seedIn = (text) => /"seed": (\d+)/.exec(text)[1];

/** Takes a patch of any form; what is wrong with it is told, and the old one stays. */
function take(text, {keepsPast = true} = {}) {
    const normal = state.engine.normal(text);
    const {instrument, params = {}, render = {}} = JSON.parse(normal);
    if (keepsPast && state.patch !== null) {
        state.past.push(patchText());
        state.past.splice(0, state.past.length - 200);
    }
    const isOther = state.patch?.instrument !== instrument;
    if (isOther) {
        state.locks.clear();
    }
    state.patch = {instrument, params, render};
    state.seed = seedIn(normal);
    if (isOther) {
        showInstrument();
    }
    showValues();
    sound();
}

/** Renders the patch; what the engine refuses is told. */
function sound({isDraft = false} = {}) {
    try {
        const {render} = state.patch;
        const patch = isDraft ? {...state.patch, render: {...render, quality: "draft"}} : state.patch;
        state.sound = state.engine.render(textOf(patch, state.seed));
        tell("");
        draw({isDraft});
        if (!isDraft) {
            remember();
        }
        return true;
    } catch (error) {
        tell(error.message);
        return false;
    }
}

async function play() {
    if (state.sound === null) {
        return;
    }
    try {
        audio ??= new AudioContext({latencyHint: "interactive"});
        if (audio.state === "suspended") {
            await audio.resume();
        }
        const {samples, right, rate_hz: rate} = state.sound;
        const buffer = audio.createBuffer(right === null ? 1 : 2, samples.length, rate);
        buffer.copyToChannel(samples, 0);
        if (right !== null) {
            buffer.copyToChannel(right, 1);
        }
        playing?.stop();
        playing = new AudioBufferSourceNode(audio, {buffer});
        playing.connect(audio.destination);
        playing.start();
    } catch (error) {
        tell(`no sound can be played: ${error.message}`);
    }
}

/** Levels as colours, from nothing through the page's mark to its text. */
function drawSpectrogram() {
    const canvas = byId("spectrogram");
    const pen = canvas.getContext("2d");
    const columns = 300;
    const rows = 80;
    const levels = state.engine.spectrogram(columns, rows);
    const image = pen.createImageData(columns, rows);
    const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
    const colour = isDark ? [255, 176, 112] : [138, 58, 0];
    levels.forEach((level, at) => {
        const strength = Math.max(0, 1 + level / 70);
        image.data.set([...colour, Math.round(255 * strength * strength)], 4 * at);
    });
    const small = new OffscreenCanvas(columns, rows);
    small.getContext("2d").putImageData(image, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(small, 0, 0, canvas.width, canvas.height);
}

function draw({isDraft}) {
    const canvas = byId("wave");
    const pen = canvas.getContext("2d");
    if (!isDraft) {
        drawSpectrogram();
    }
    const {samples, features, channels, rate_hz: rate} = state.sound;
    const {width, height} = canvas;
    pen.clearRect(0, 0, width, height);
    pen.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--mark");
    for (let x = 0; x < width; ++x) {
        const from = Math.floor(x * samples.length / width);
        const until = Math.max(from + 1, Math.floor((x + 1) * samples.length / width));
        let least = 1;
        let most = -1;
        for (let k = from; k < until; ++k) {
            least = Math.min(least, samples[k]);
            most = Math.max(most, samples[k]);
        }
        pen.fillRect(x, (1 - most) * height / 2, 1, Math.max(1, (most - least) * height / 2));
    }
    const pitch = features.f0_hz > 0 ? `, ${features.f0_hz.toFixed(1)} Hz` : "";
    byId("features").textContent = `${(samples.length / rate).toFixed(2)} s, ${channels === 2 ? "two channels" : "one channel"}, ` +
        `${features.loudness_lufs.toFixed(1)} LUFS, brightness ${Math.round(features.spectral_centroid_hz)} Hz${pitch}`;
}

// Sliders go from 0 to 1 along the curve of their row.
const placeOf = ({min, max, is_log: isLog}, value) => isLog ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
const valueAt = ({min, max, is_log: isLog}, place) => isLog ? min * (max / min) ** place : min + (max - min) * place;
const shown = (value) => String(Number(value.toPrecision(4)));

function knob(row, place) {
    const box = document.createElement("div");
    box.className = "knob";
    const name = document.createElement("span");
    const title = row.id.replace(new RegExp(`_${row.unit}$`, "i"), "").replaceAll("_", " ");
    name.textContent = title + (row.unit ? `, ${row.unit}` : "");
    box.title = row.help;
    const words = row.choices.length ? row.choices : row.values.length ? row.values.map(String) : null;
    const stated = () => state.patch[place];
    let show;
    if (words !== null) {
        const select = document.createElement("select");
        select.setAttribute("aria-label", row.id);
        select.append(...words.map((word) => new Option(word, word)));
        select.addEventListener("change", () => change(place, row.id, row.choices.length ? select.value : Number(select.value), true));
        show = () => { select.value = String(stated()[row.id] ?? (row.choices.length ? row.choices[row.standard] : row.standard)); };
        box.append(name, select);
    } else {
        const typed = Object.assign(document.createElement("input"), {type: "text", inputMode: "decimal"});
        const slider = Object.assign(document.createElement("input"), {type: "range", min: 0, max: 1, step: 0.001});
        slider.setAttribute("aria-label", row.id);
        typed.setAttribute("aria-label", `${row.id}, typed`);
        slider.addEventListener("input", () => change(place, row.id, Number(valueAt(row, Number(slider.value)).toPrecision(4)), false));
        slider.addEventListener("change", () => change(place, row.id, Number(valueAt(row, Number(slider.value)).toPrecision(4)), true));
        slider.addEventListener("wheel", (event) => {
            event.preventDefault();
            slider.value = Number(slider.value) - Math.sign(event.deltaY) * 0.02;
            slider.dispatchEvent(new Event("change"));
        }, {passive: false});
        typed.addEventListener("change", () => {
            const value = typed.value.trim();
            change(place, row.id, value === "" ? null : Number(value), true);
        });
        show = () => {
            const value = stated()[row.id];
            slider.value = placeOf(row, Math.min(Math.max(value ?? row.standard, row.min), row.max));
            typed.value = value === undefined && row.is_optional ? "" : shown(value ?? row.standard);
        };
        box.append(name, typed, slider);
    }
    if (place === "params") {
        box.append(lockBox(row.id));
    }
    box.show = () => {
        name.classList.toggle("given", stated()[row.id] !== undefined);
        show();
    };
    return box;
}

function lockBox(id) {
    const lock = Object.assign(document.createElement("input"), {type: "checkbox", checked: state.locks.has(id), title: "lock"});
    lock.setAttribute("aria-label", `lock ${id}`);
    lock.addEventListener("change", () => {
        if (lock.checked) {
            state.locks.add(id);
        } else {
            state.locks.delete(id);
        }
    });
    return lock;
}

/** The text of a patch with what is locked as this one has it. */
function withLocks(text) {
    const {instrument, params = {}, render = {}} = JSON.parse(text);
    for (const id of state.locks) {
        delete params[id];
        if (state.patch.params[id] !== undefined) {
            params[id] = state.patch.params[id];
        }
    }
    return textOf({instrument, params, render}, seedIn(text));
}

/** One value changes: while a slider moves, a draft is made; when it rests, the sound is made and played. */
function change(place, id, value, rests) {
    const before = patchText();
    const {[id]: old, ...others} = state.patch[place];
    state.patch[place] = value === null ? others : {...others, [id]: value};
    if (resting === 0) {
        state.past.push(before);
    }
    resting = rests ? 0 : 1;
    if (!sound({isDraft: !rests})) {
        state.patch[place] = old === undefined ? others : {...others, [id]: old};
    } else if (rests) {
        play();
    }
    if (rests) {
        showValues();
    }
}

function showInstrument() {
    const kind = state.kinds.get(state.patch.instrument);
    byId("instrument").value = kind.name;
    byId("preset").replaceChildren(new Option("none", ""), ...kind.presets.map(({name, description}) => {
        const option = new Option(name.split("/")[1], name);
        option.title = description;
        return option;
    }));
    byId("knobs").replaceChildren(...kind.parameters.filter(({layer}) => layer === "").map((row) => knob(row, "params")), seedBox());
    const settings = ["velocity", "width", "tilt_db", "transient_db", "drive_db", "low_cut", "high_cut", "style", "duration"];
    byId("settings").replaceChildren(...state.settings.filter(({id}) => settings.includes(id)).map((row) => knob(row, "render")));
}

function seedBox() {
    const box = document.createElement("label");
    box.className = "knob";
    const name = Object.assign(document.createElement("span"), {textContent: "seed"});
    const typed = Object.assign(document.createElement("input"), {type: "text", inputMode: "numeric"});
    typed.addEventListener("change", () => attempt(() => {
        take(patchText().replace(/"seed": \d+/, () => `"seed": ${typed.value.trim()}`));
        play();
    }));
    box.append(name, typed);
    box.show = () => { typed.value = state.seed; };
    return box;
}

function showValues() {
    for (const box of document.querySelectorAll(".knob")) {
        box.show();
    }
}

/** Does something that may fail, and tells why it did. */
function attempt(work) {
    try {
        work();
        return true;
    } catch (error) {
        tell(error.message);
        return false;
    }
}

const random = () => String(crypto.getRandomValues(new Uint32Array(1))[0]);

/** As a word of a shell. */
const quoted = (text) => /^[A-Za-z0-9_.,:\/=+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
const commandLine = () => `drumgen render ${quoted(patchText())} -o ${state.patch.instrument}.wav`;

// A link has the patch behind "#p=", as base64 of its text for addresses.
function link() {
    const bytes = new TextEncoder().encode(patchText());
    const base64 = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    return `${location.href.split("#")[0]}#p=${base64}`;
}

function patchInAddress() {
    const found = /^#p=([A-Za-z0-9_-]{1,20000})$/.exec(location.hash);
    if (found === null) {
        return null;
    }
    const letters = atob(found[1].replaceAll("-", "+").replaceAll("_", "/"));
    return new TextDecoder().decode(Uint8Array.from(letters, (letter) => letter.charCodeAt(0)));
}

function remember() {
    try {
        localStorage.setItem("drumgen-patch", patchText());
    } catch {
        // A browser that keeps nothing plays all the same.
    }
}

function recalled() {
    try {
        return localStorage.getItem("drumgen-patch");
    } catch {
        return null;
    }
}

async function copy(text, what) {
    try {
        await navigator.clipboard.writeText(text);
        tell(`${what} is copied`);
    } catch {
        tell(text);
    }
}

function save() {
    attempt(() => {
        const bytes = state.engine.wav(patchText());
        const from = document.createElement("a");
        from.href = URL.createObjectURL(new Blob([bytes], {type: "audio/wav"}));
        from.download = `${state.patch.instrument}.wav`;
        from.click();
        setTimeout(() => URL.revokeObjectURL(from.href), 10000);
    });
}

const actions = {
    play,
    surprise: () => attempt(() => { take(withLocks(state.engine.propose(state.patch.instrument, {seed: random()}))); play(); }),
    vary: () => attempt(() => { take(state.engine.mutate(patchText(), {seed: random(), locks: [...state.locks]})); play(); }),
    undo: () => {
        const before = state.past.pop();
        if (before !== undefined) {
            take(before, {keepsPast: false});
            play();
        }
    },
    // The first time both are the same; then each is as it was left.
    swap() {
        const now = patchText();
        attempt(() => take(state.other ?? now));
        state.other = now;
        state.ends = null;
        byId("morph").disabled = false;
        byId("morph").value = 0;
        play();
    },
    save,
    "copy-command": () => copy(commandLine(), "the command"),
    "copy-patch": () => copy(patchText(), "the patch"),
    "copy-link": () => copy(link(), "the link"),
};
const keys = {" ": "play", s: "surprise", v: "vary", u: "undo", b: "swap", w: "save", c: "copy-command", j: "copy-patch", l: "copy-link"};

function listen() {
    for (const [id, action] of Object.entries(actions)) {
        byId(id).addEventListener("click", action);
    }
    byId("wave").addEventListener("click", play);
    byId("spectrogram").addEventListener("click", play);
    byId("morph").addEventListener("change", ({target}) => attempt(() => {
        state.ends ??= [patchText(), state.other];
        take(state.engine.morph(...state.ends, Number(target.value)));
        play();
    }));
    byId("instrument").addEventListener("change", ({target}) => { take(JSON.stringify({instrument: target.value})); play(); });
    byId("preset").addEventListener("change", ({target}) => attempt(() => {
        take(target.value === "" ? JSON.stringify({instrument: state.patch.instrument}) : state.engine.preset(target.value));
        play();
    }));
    addEventListener("keydown", (event) => {
        const isTyping = event.target.matches("input[type=text], select") || event.ctrlKey || event.metaKey || event.altKey;
        const isPressing = event.target.matches("button") && event.key === " ";
        const action = keys[event.key.toLowerCase()];
        if (!isTyping && !isPressing && action !== undefined) {
            event.preventDefault();
            actions[action]();
        }
    });
    addEventListener("hashchange", () => attempt(() => {
        const text = patchInAddress();
        if (text !== null) {
            take(text);
        }
    }));
    addEventListener("dragover", (event) => event.preventDefault());
    addEventListener("drop", async (event) => {
        event.preventDefault();
        const file = event.dataTransfer.files[0];
        if (file === undefined) {
            return;
        }
        // The patch of a WAV stands behind its samples, so all of it is read.
        if (file.size > 2e6) {
            tell(`${file.name} has ${file.size} bytes, at most 2000000 are read`);
            return;
        }
        const bytes = new Uint8Array(await file.arrayBuffer());
        attempt(() => { take(state.engine.file(bytes)); play(); });
    });
}

async function begin() {
    const packed = Uint8Array.from(atob(byId("wasm").textContent), (letter) => letter.charCodeAt(0));
    byId("wasm").remove();
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    state.engine = await loadEngine(createEngine, await new Response(stream).arrayBuffer());
    const {instruments, settings} = state.engine.describe();
    state.kinds = new Map(instruments.map((kind) => [kind.name, kind]));
    state.settings = settings;
    byId("instrument").append(...instruments.map(({name}) => new Option(name, name)));
    listen();
    // What a link or the memory holds may be anything: that is told, and something is heard all the same.
    let problem = "";
    const isTaken = [patchInAddress, recalled].some((from) => {
        let text = null;
        const isGood = attempt(() => { text = from(); if (text !== null) { take(text); } });
        problem ||= isGood ? "" : byId("told").textContent;
        return isGood && text !== null;
    });
    if (!isTaken) {
        take(JSON.stringify({instrument: "kick"}));
    }
    if (problem !== "") {
        tell(problem);
    }
    const later = (work) => async (...words) => work(...words);
    window.drumgen = Object.fromEntries(["render", "propose", "mutate", "morph", "preset", "wav", "file", "describe"].map(
        (name) => [name, later(state.engine[name])]));
    document.documentElement.dataset.ready = "yes";
}

begin().catch((error) => tell(`the engine does not start: ${error.message}`));

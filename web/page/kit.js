// Sixteen pads and what they play: by pointer, keys and MIDI; a kit's sounds, and a beat of steps.

import JSZip from "jszip";

import {LEAD_S, Pattern, Sequencer, STEPS_A_BEAT} from "./beat.js";
import {attempt, attemptLater, button, byId, copy, made, random, recalled, remember, save, tell} from "./page.js";
import {hit as hitHarder, partsOf, quoted} from "./patch_text.js";
import {bufferOf, device, Voices} from "./player.js";

const PADS = 16;
const PAD_KEYS = "1234qwerasdfzxcv";
const LAYERS = [40, 70, 100, 127];  // velocities that are rendered; between them a hit is made softer
const RING_S = 0.55;  // that the last hit sounds on, where no device is
const AHEAD_S = 0.25;  // how far the beat is given to the device
const USUAL_VELOCITY = 100;
const SOFT_VELOCITY = 60;
const STRENGTHS = [0, USUAL_VELOCITY, 127, 50];
const KEPT_DATE = new Date(Date.UTC(1980, 0, 1));  // of what is in a ZIP, as drumgen has it

/** How hard a key strikes. */
const velocityOf = ({shiftKey}) => shiftKey ? SOFT_VELOCITY : USUAL_VELOCITY;

const gainOf = (db) => 10 ** (db / 20);

/** A kit in JSON, as a file of drumgen has it; patches are as they are, and a slot without a key gets one. */
function kitText({name, slots}) {
    const lines = slots.map(({name: slotName, key, choke, gain_db: gain, pan, patch}) => {
        const told = key === undefined ? "" : `"key": ${key}, "choke": ${choke}, "gain_db": ${gain}, "pan": ${pan}, `;
        return `${JSON.stringify(slotName)}: {${told}"patch": ${patch}}`;
    });
    return `{"name": ${JSON.stringify(name)}, "slots": {${lines.join(", ")}}}`;
}

/** @param page  {engine, worker, shape, shapeIt, velocityGain} */
export function kit(page) {
    const {formats, kits, patterns} = page.engine.kits();
    let now = {name: "kit", slots: []};  // as the engine tells kits, and level_db of each slot
    let chosen = 0;
    let pattern = Pattern.recalled(recalled("pattern") ?? "");
    let isPlaying = false;
    let turn = 0;  // what is begun in another is over
    let timer = 0;
    let marked = null;  // the step that is shown to sound
    let voices = null;
    const buffers = new Map();  // by patch and velocity

    const text = () => kitText(now);

    function keep() {
        if (now.slots.length > 0) {
            remember("kit", text());
        }
        remember("pattern", pattern.stored());
    }

    /** Takes a kit of any form; its levels are told later, since every sound has to be made for them. */
    function take(given) {
        const read = page.engine.kit(given);
        stop();
        now = {...read, slots: read.slots.map((slot) => ({...slot, level_db: 0}))};
        chosen = 0;
        buffers.clear();
        show();
        keep();
        return balance();
    }

    const balance = () => attemptLater(async () => {
        const before = now;
        const {level_db: levels} = await page.worker.ask("kitLevels", [text()]);
        if (before === now) {
            now.slots.forEach((slot, at) => { slot.level_db = levels[at] ?? 0; });
            await Promise.all(now.slots.map((slot) => rendered(slot, layerOf(USUAL_VELOCITY))));
        }
    });

    const layerOf = (velocity) => LAYERS.find((top) => top >= velocity);

    /** A slot's sound, hit as hard as its layer is. */
    function rendered(slot, layer) {
        const name = `${layer} ${slot.patch}`;
        if (!buffers.has(name)) {
            const sound = page.worker.ask("render", [hitHarder(slot.patch, layer), "samples"]);
            sound.catch(() => buffers.delete(name));
            buffers.set(name, sound);
        }
        return buffers.get(name);
    }

    /** What plays a slot at a velocity: the sound of its layer, and what it is softer by. */
    async function soundOf(slot, velocity) {
        const layer = layerOf(velocity);
        const sound = await rendered(slot, layer);
        sound.buffer ??= bufferOf(await device(), sound);
        const middle = slot.pan !== 0 && !sound.right ? Math.SQRT2 : 1;
        return {buffer: sound.buffer, pan: slot.pan, choke: slot.choke,
            gain: middle * gainOf(slot.level_db) * page.velocityGain[velocity] / page.velocityGain[layer]};
    }

    async function strike(at, velocity) {
        const slot = now.slots[at];
        if (slot === undefined) {
            return;
        }
        choose(at);
        await attemptLater(async () => {
            const context = await device();
            voices ??= new Voices(context);
            voices.hit(await soundOf(slot, velocity), context.currentTime);
        });
        const pad = byId("pads").children[at];
        pad?.animate?.([{opacity: 0.5}, {opacity: 1}], {duration: 120});
    }

    function choose(at) {
        chosen = at;
        [...byId("pads").children].forEach((pad, number) => pad.setAttribute("aria-pressed", number === at));
        const slot = now.slots[at];
        byId("slot-tools").hidden = slot === undefined;
        if (slot !== undefined) {
            byId("slot-name").textContent = `${slot.name}, key ${slot.key}${slot.choke ? `, choke ${slot.choke}` : ""}`;
            byId("slot-gain").value = slot.gain_db;
            byId("slot-pan").value = slot.pan;
        }
    }

    function show() {
        const count = Math.max(PADS, now.slots.length);
        byId("pads").replaceChildren(...Array.from({length: count}, (_, at) => {
            const slot = now.slots[at];
            const key = PAD_KEYS[at];
            const pad = made("button", {type: "button", className: "pad", attributes: {
                "aria-label": slot ? `${slot.name}${key ? `, key ${key}` : ""}` : `empty pad ${at + 1}`}},
                made("b", {}, slot?.name.replaceAll("_", " ") ?? ""), made("kbd", {}, key ?? ""));
            pad.addEventListener("pointerdown", (event) => {
                const {top, height} = pad.getBoundingClientRect();
                strike(at, Math.round(Math.min(127, Math.max(30, 140 - 110 * (event.clientY - top) / height))));
            });
            pad.addEventListener("keydown", (event) => {
                if (event.key === "Enter" || event.key === " ") {
                    event.preventDefault();
                    event.stopPropagation();
                    strike(at, velocityOf(event));
                }
            });
            pad.addEventListener("dragover", (event) => event.preventDefault());
            pad.dataset.pad = at;
            return pad;
        }));
        byId("kit-name").value = now.name;
        choose(Math.min(chosen, Math.max(0, now.slots.length - 1)));
        showSteps();
    }

    /** Puts a sound on a pad: in place of its own, or as a new slot. */
    function put(patch, at = now.slots.length) {
        const {instrument, name} = partsOf(patch);
        const slots = now.slots.map((slot) => ({...slot}));
        if (slots[at] !== undefined) {
            slots[at].patch = patch;
        } else {
            const wanted = (name || instrument).replace(/[\/\\]/g, "_").slice(0, 50);
            let own = wanted;
            for (let number = 2; slots.some((slot) => slot.name === own); ++number) {
                own = `${wanted}-${number}`;
            }
            slots.push({name: own, patch});
        }
        const last = chosen;
        const later = take(kitText({name: now.name, slots}));
        choose(Math.min(last, now.slots.length - 1));
        return later;
    }

    const slotOfKey = (key) => now.slots.find((slot) => slot.key === key || slot.more_keys.includes(key))?.name ?? null;
    const keyOfSlot = (name) => now.slots.find((slot) => slot.name === name)?.key ?? null;

    // Steps.

    function showCell(box, cell, step) {
        box.style.setProperty("--level", cell === null ? 0 : 0.25 + 0.75 * cell.velocity / 127);
        box.setAttribute("aria-pressed", cell !== null);
        box.setAttribute("aria-valuetext", cell === null ? "silent" : `velocity ${cell.velocity}`);
        box.title = `step ${step + 1}${cell === null ? "" : `, velocity ${cell.velocity}`}`;
    }

    function stepBox(slot, step) {
        const row = pattern.row(slot.name);
        const box = made("button", {type: "button", className: step % STEPS_A_BEAT === 0 ? "step beat" : "step",
            attributes: {"aria-label": `${slot.name}, step ${step + 1}`}});
        const change = (velocity) => {
            row[step] = velocity < 1 ? null : {velocity: Math.min(127, velocity), offset: row[step]?.offset ?? 0};
            showCell(box, row[step], step);
            keep();
        };
        box.addEventListener("click", (event) => {
            const isAccent = event.shiftKey;
            if (event.pointerType === "touch") {  // which has no other key: round all of them
                const at = STRENGTHS.indexOf(row[step]?.velocity ?? 0);
                change(STRENGTHS[(at + 1) % STRENGTHS.length]);
                return;
            }
            change(row[step] === null ? (isAccent ? 127 : USUAL_VELOCITY) : isAccent ? (row[step].velocity > 100 ? 50 : 127) : 0);
        });
        box.addEventListener("wheel", (event) => {
            if (row[step] !== null) {
                event.preventDefault();
                change(Math.max(1, row[step].velocity - Math.sign(event.deltaY) * 8));
            }
        }, {passive: false});
        box.addEventListener("keydown", (event) => {
            const by = {"+": 8, "=": 8, "-": -8}[event.key];
            const way = {ArrowLeft: -1, ArrowRight: 1, ArrowUp: -pattern.steps, ArrowDown: pattern.steps}[event.key];
            if (by !== undefined) {
                change(Math.max(1, (row[step]?.velocity ?? USUAL_VELOCITY) + by));
            } else if (way !== undefined) {
                const all = [...byId("steps").querySelectorAll(".step")];
                all[all.indexOf(box) + way]?.focus();
            } else {
                return;
            }
            event.preventDefault();
            event.stopPropagation();
        });
        showCell(box, row[step], step);
        return box;
    }

    function showSteps() {
        marked = null;
        byId("steps").style.setProperty("--count", pattern.steps);
        byId("steps").replaceChildren(...now.slots.flatMap((slot) => [
            made("span", {className: "row-name"}, slot.name.replaceAll("_", " ")),
            ...Array.from({length: pattern.steps}, (_, step) => stepBox(slot, step))]));
        byId("step-count").value = String(pattern.steps);
        byId("tempo").value = String(pattern.bpm);
        byId("swing").value = String(pattern.swing);
    }

    function takeSong(song) {
        const lost = pattern.take(song, slotOfKey);
        showSteps();
        keep();
        if (lost > 0) {
            tell(`${lost} of ${song.notes.length} notes are beyond ${pattern.steps} steps, or on keys without a drum`);
        }
    }

    /** Makes all sounds that the beat needs, so that none comes late. */
    async function ready() {
        const needed = pattern.hits().map(({name, velocity}) => [now.slots.find((slot) => slot.name === name), velocity]);
        const sounds = new Map();
        for (const [slot, velocity] of needed) {
            if (slot !== undefined) {
                sounds.set(`${slot.name} ${velocity}`, await soundOf(slot, velocity));
            }
        }
        return sounds;
    }

    /** Gives a step that was made meanwhile its sound. */
    function sounding(sounds, target) {
        return (name, velocity, time) => {
            const known = sounds.get(`${name} ${velocity}`);
            const slot = now.slots.find((one) => one.name === name);
            if (known !== undefined) {
                target.hit(known, time);
            } else if (slot !== undefined) {
                soundOf(slot, velocity).then((sound) => sounds.set(`${name} ${velocity}`, sound), () => {});
            }
        };
    }

    async function start() {
        if (isPlaying) {
            stop();
            return;
        }
        isPlaying = true;
        byId("play-beat").setAttribute("aria-pressed", true);
        const mine = ++turn;
        const isStarted = await attemptLater(async () => {
            const sounds = await ready();
            const context = await device();
            if (mine !== turn) {
                return;  // stopped meanwhile
            }
            voices ??= new Voices(context);
            const sequencer = new Sequencer(context, pattern, sounding(sounds, voices));
            const advance = () => {
                sequencer.advance(context.currentTime + AHEAD_S);
                mark(sequencer.stepAt(context.currentTime));
            };
            advance();
            timer = setInterval(advance, 40);
        });
        if (!isStarted && mine === turn) {
            stop();
        }
    }

    /** Shows which step sounds; null: none. */
    function mark(step) {
        if (step !== marked) {
            marked = step;
            byId("steps").querySelectorAll(".step").forEach((box, at) => box.classList.toggle("now", at % pattern.steps === step));
        }
    }

    function stop() {
        clearInterval(timer);
        isPlaying = false;
        ++turn;
        voices?.stop();
        mark(null);
        byId("play-beat").setAttribute("aria-pressed", false);
    }

    /** Rounds of the beat as the page plays them, made without a device: {samples, rate_hz, times}. */
    async function played({rounds = 1, rate_hz: rate = 48000, window = 0.05} = {}) {
        const end = LEAD_S + rounds * pattern.seconds();
        const context = new OfflineAudioContext(2, Math.ceil((end + RING_S) * rate), rate);
        const own = new Voices(context);
        const times = [];
        const give = sounding(await ready(), own);
        const steps = new Sequencer(context, pattern, (name, velocity, time) => {
            times.push({time, name, velocity});
            give(name, velocity, time);
        });
        for (let time = window; time < end; time += window) {
            steps.advance(time);
        }
        steps.advance(end);
        const buffer = await context.startRendering();
        return {samples: buffer.getChannelData(0), rate_hz: rate, times};
    }

    // Away and back.

    const midi = () => page.engine.midi(pattern.song(keyOfSlot));

    async function zipped(files) {
        const archive = new JSZip();
        files.forEach(({path, bytes}) => archive.file(path, bytes, {date: KEPT_DATE, createFolders: false}));
        return archive.generateAsync({type: "uint8array", compression: "STORE", platform: "UNIX"});
    }

    const saveKit = () => attemptLater(async () => {
        tell("the kit is made");
        const {name, is_zip: isZip, files, notes} = await page.worker.ask("exportKit", [text(), byId("kit-format").value]);
        save(isZip && !name.endsWith(".zip") ? `${name}.zip` : name, [isZip ? await zipped(files) : files[0].bytes]);
        tell([`${name}: ${files.length} ${files.length === 1 ? "file" : "files"}`, ...notes].join("\n"));
    });

    const saveBeat = () => attemptLater(async () => {
        const {wav, notes} = await page.worker.ask("beat", [text(), midi()]);
        save("beat.wav", [wav], "audio/wav");
        tell(notes || "the beat is saved");
    });

    /** The kit of a ZIP that export-kit wrote. */
    async function takeZip(bytes) {
        const archive = await JSZip.loadAsync(bytes);
        const [info] = archive.file(/(^|\/)kit_info\.json$/);
        if (info === undefined) {
            throw new Error("the ZIP holds no kit_info.json, so it is no kit of drumgen");
        }
        const most = 8 << 20;
        if (info._data?.uncompressedSize > most) {
            throw new Error(`its kit_info.json has more than ${most} bytes`);
        }
        await take(await info.async("string"));
    }

    // Web MIDI: notes strike the slots that have their keys.
    async function listenToMidi() {
        if (!navigator.requestMIDIAccess) {
            tell("this browser has no Web MIDI");
            return;
        }
        await attemptLater(async () => {
            const access = await navigator.requestMIDIAccess();
            const plug = () => {
                const names = [...access.inputs.values()].map((input) => {
                    input.onmidimessage = ({data}) => midiMessage(data);
                    return input.name;
                });
                tell(names.length ? `listens to ${names.join(", ")}` : "no MIDI device is there yet; plug one in");
            };
            access.onstatechange = plug;
            plug();
        });
    }

    function midiMessage([status, key, velocity]) {
        const isNoteOn = (status & 0xf0) === 0x90 && velocity > 0;
        const at = isNoteOn ? now.slots.findIndex((slot) => slot.key === key || slot.more_keys.includes(key)) : -1;
        if (at >= 0) {
            return strike(at, velocity);
        }
        return Promise.resolve();
    }

    /** One setting of the chosen slot. */
    function set(name, value) {
        const slot = now.slots[chosen];
        if (slot !== undefined && Number.isFinite(value)) {
            slot[name] = value;
            keep();
            balance();
        }
    }

    const takeNamed = (name) => attempt(() => { take(name); });
    byId("kit-choice").append(...kits.map(({name, description}) => new Option(`${name}: ${description}`, name)));
    byId("kit-choice").addEventListener("change", ({target}) => { if (target.value) { takeNamed(target.value); } });
    byId("propose-kit").addEventListener("click", () => attemptLater(async () => {
        tell("a kit is proposed");
        await take(await page.worker.ask("proposeKit", [{seed: random(), key: byId("kit-key").value.trim(), tempo: pattern.bpm}]));
        tell(now.name);
    }));
    byId("kit-format").append(...formats.map(({name, summary}) => new Option(`${name}: ${summary}`, name)));
    byId("save-kit").addEventListener("click", saveKit);
    byId("save-beat").addEventListener("click", saveBeat);
    byId("save-midi").addEventListener("click", () => attempt(() => save("beat.mid", [midi()], "audio/midi")));
    byId("save-kit-json").addEventListener("click", () => save("kit.json", [`${text()}\n`], "application/json"));
    byId("copy-kit-command").addEventListener("click", () => copy(`drumgen export-kit ${quoted(text())} -o kit.zip`, "the command"));
    byId("play-beat").addEventListener("click", start);
    byId("midi").addEventListener("click", listenToMidi);
    byId("kit-name").addEventListener("change", ({target}) => { now.name = target.value || "kit"; keep(); });
    byId("slot-gain").addEventListener("change", ({target}) => set("gain_db", Number(target.value)));
    byId("slot-pan").addEventListener("change", ({target}) => set("pan", Number(target.value)));
    byId("slot-shape").addEventListener("click", () => page.shapeIt(now.slots[chosen].patch));
    byId("slot-put").addEventListener("click", () => put(page.shape.text(), chosen));
    byId("slot-remove").addEventListener("click", () => {
        now.slots.splice(chosen, 1);
        show();
        keep();
    });
    byId("pattern-choice").append(...Object.keys(patterns).map((name) => new Option(name, name)));
    byId("pattern-choice").addEventListener("change", ({target}) => { if (target.value) { takeSong(patterns[target.value]); } });
    byId("clear-steps").addEventListener("click", () => { pattern.rows.clear(); showSteps(); keep(); });
    byId("step-count").addEventListener("change", ({target}) => { pattern.steps = Number(target.value); showSteps(); keep(); });
    byId("tempo").addEventListener("change", ({target}) => {
        const bpm = Number(target.value);
        if (bpm >= 20 && bpm <= 300) {
            pattern.bpm = bpm;
            keep();
        } else {
            tell(`tempo ${target.value} is not a number from 20 to 300`);
        }
        target.value = String(pattern.bpm);
    });
    byId("swing").addEventListener("input", ({target}) => { pattern.swing = Number(target.value); keep(); });

    let isOpened = false;
    return {
        take,
        takeZip,
        takeSong,
        put,
        played,
        text,
        midi,
        midiMessage,
        zipped,
        add: (patch) => attemptLater(async () => {
            await put(patch);
            tell(`${now.slots.length} sounds are in the kit`);
        }),
        opened() {
            if (!isOpened) {
                isOpened = true;
                const last = recalled("kit");
                if (now.slots.length === 0 && !(last !== null && attempt(() => { take(last); }))) {
                    byId("kit-choice").value = kits[0].name;
                    takeNamed(kits[0].name);
                    takeSong(patterns.rock ?? Object.values(patterns)[0]);
                }
            }
        },
        keys: Object.fromEntries([
            ...[...PAD_KEYS].map((key, at) => [key, (event) => strike(at, velocityOf(event))]),
            [" ", start],
            ["Escape", stop],
        ]),
    };
}

// One sound: a patch that is stated in text, sliders for it, and what it looks like.

import {COLUMNS, drawSpectrogram, drawWave, ROWS} from "./drawing.js";
import {attempt, byId, copy, made, random, recalled, remember, save, tell} from "./page.js";
import {commandOf, linkOf, partsOf, patchInAddress, patchOf} from "./patch_text.js";
import {play as playSound} from "./player.js";

const SETTINGS = ["velocity", "width", "tilt_db", "transient_db", "drive_db", "low_cut", "high_cut", "style", "duration"];
const MOST_PAST = 200;

// Sliders go from 0 to 1 along the curve of their row.
const placeOf = ({min, max, is_log: isLog}, value) => isLog ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
const valueAt = ({min, max, is_log: isLog}, place) => isLog ? min * (max / min) ** place : min + (max - min) * place;
const shown = (value) => String(Number(value.toPrecision(4)));

/** @param page  {engine, kinds, settings, explore} */
export function shape(page) {
    const {engine, kinds} = page;
    const locks = new Set();
    const past = [];
    let patch = null;  // {instrument, params, render, name, seed}
    let sound = null;
    let other = null;
    let ends = null;
    let resting = 0;

    const text = () => patchOf(patch);
    const play = () => playSound(sound);

    /** Takes a patch of any form; what is wrong with it is told, and the old one stays. */
    function take(given, {keepsPast = true, isDraft = false} = {}) {
        const parts = partsOf(engine.normal(given));
        if (keepsPast && patch !== null) {
            past.push(text());
            past.splice(0, past.length - MOST_PAST);
        }
        const isOther = patch?.instrument !== parts.instrument;
        if (isOther) {
            locks.clear();
        }
        patch = parts;
        if (isOther) {
            showInstrument();
            page.explore?.changed();
        }
        showValues();
        render({isDraft});
    }

    /** Renders the patch; what the engine refuses is told. */
    function render({isDraft = false} = {}) {
        try {
            const {render: settings} = patch;
            sound = isDraft ? engine.render(patchOf({...patch, render: {...settings, quality: "draft"}}), "samples")
                : engine.render(text(), "features");
            tell("");
            drawWave(byId("wave"), sound);
            if (!isDraft) {
                tellFeatures();
                drawSpectrogram(byId("spectrogram"), engine.spectrogram(COLUMNS, ROWS));
                remember("patch", text());
            }
            return true;
        } catch (error) {
            tell(error.message);
            return false;
        }
    }

    function tellFeatures() {
        const {samples, features, channels, rate_hz: rate} = sound;
        const pitch = features.f0_hz > 0 ? `, ${features.f0_hz.toFixed(1)} Hz` : "";
        byId("features").textContent = `${(samples.length / rate).toFixed(2)} s, ${channels === 2 ? "two channels" : "one channel"}, ` +
            `${features.loudness_lufs.toFixed(1)} LUFS, brightness ${Math.round(features.spectral_centroid_hz)} Hz${pitch}`;
    }

    function knob(row, place) {
        const title = row.id.replace(new RegExp(`_${row.unit}$`, "i"), "").replaceAll("_", " ");
        const name = made("span", {}, title + (row.unit ? `, ${row.unit}` : ""));
        const box = made("div", {className: "knob", title: row.help}, name);
        const words = row.choices.length ? row.choices : row.values.length ? row.values.map(String) : null;
        const stated = () => patch[place];
        let show;
        if (words !== null) {
            const select = made("select", {attributes: {"aria-label": row.id}}, ...words.map((word) => new Option(word, word)));
            select.addEventListener("change", () => change(place, row.id, row.choices.length ? select.value : Number(select.value), true));
            show = () => { select.value = String(stated()[row.id] ?? (row.choices.length ? row.choices[row.standard] : row.standard)); };
            box.append(select);
        } else {
            const typed = made("input", {type: "text", inputMode: "decimal", attributes: {"aria-label": `${row.id}, typed`}});
            const slider = made("input", {type: "range", min: 0, max: 1, step: 0.001, attributes: {"aria-label": row.id}});
            const turned = () => Number(valueAt(row, Number(slider.value)).toPrecision(4));
            slider.addEventListener("input", () => change(place, row.id, turned(), false));
            slider.addEventListener("change", () => change(place, row.id, turned(), true));
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
            box.append(typed, slider);
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
        const lock = made("input", {type: "checkbox", checked: locks.has(id), title: "lock", attributes: {"aria-label": `lock ${id}`}});
        lock.addEventListener("change", () => {
            if (lock.checked) {
                locks.add(id);
            } else {
                locks.delete(id);
            }
        });
        return lock;
    }

    /** The text of a patch with what is locked as this one has it. */
    function withLocks(given) {
        const parts = partsOf(given);
        if (parts.instrument !== patch.instrument) {
            return given;
        }
        for (const id of locks) {
            delete parts.params[id];
            if (patch.params[id] !== undefined) {
                parts.params[id] = patch.params[id];
            }
        }
        return patchOf(parts);
    }

    /** One value changes: while a slider moves, a draft is made; when it rests, the sound is made and played. */
    function change(place, id, value, rests) {
        const before = text();
        const {[id]: old, ...others} = patch[place];
        patch[place] = value === null ? others : {...others, [id]: value};
        if (resting === 0) {
            past.push(before);
        }
        resting = rests ? 0 : 1;
        if (!render({isDraft: !rests})) {
            patch[place] = old === undefined ? others : {...others, [id]: old};
        } else if (rests) {
            play();
        }
        if (rests) {
            showValues();
        }
    }

    function showInstrument() {
        const kind = kinds.get(patch.instrument);
        byId("instrument").value = kind.name;
        byId("preset").replaceChildren(new Option("none", ""), ...kind.presets.map(({name, description}) =>
            Object.assign(new Option(name.split("/")[1], name), {title: description})));
        byId("knobs").replaceChildren(...kind.parameters.filter(({layer}) => layer === "").map((row) => knob(row, "params")), noteBox(), seedBox());
        byId("settings").replaceChildren(...page.settings.filter(({id}) => SETTINGS.includes(id)).map((row) => knob(row, "render")));
    }

    function seedBox() {
        const typed = made("input", {type: "text", inputMode: "numeric"});
        const box = made("label", {className: "knob"}, made("span", {}, "seed"), typed);
        typed.addEventListener("change", () => attempt(() => {
            if (!/^\d{1,20}$/.test(typed.value.trim())) {
                throw new Error(`seed ${typed.value.trim()} is not a whole number from 0 to 2^64 - 1`);
            }
            take(patchOf({...patch, seed: typed.value.trim()}));
            play();
        }));
        box.show = () => { typed.value = patch.seed; };
        return box;
    }

    /** Tunes the instrument; what it is tuned to stands at its knob. */
    function noteBox() {
        const typed = made("input", {type: "text", placeholder: "F#1", attributes: {"aria-label": "note"}});
        const box = made("div", {className: "knob", title: "Tune the instrument to a note (F#1) or a pitch in Hz (46.25)"},
            made("span", {}, "note"), typed);
        typed.addEventListener("change", () => attempt(() => {
            if (typed.value.trim() !== "") {
                take(engine.tune(text(), typed.value.trim()));
                play();
            }
        }));
        box.show = () => { typed.value = ""; };
        return box;
    }

    function showValues() {
        for (const box of byId("shape").querySelectorAll(".knob")) {
            box.show();
        }
    }

    const actions = {
        play,
        surprise: () => attempt(() => { take(withLocks(engine.propose(patch.instrument, {seed: random()}))); play(); }),
        vary: () => attempt(() => { take(engine.mutate(text(), {seed: random(), locks: [...locks]})); play(); }),
        undo: () => {
            const before = past.pop();
            if (before !== undefined) {
                take(before, {keepsPast: false});
                play();
            }
        },
        // The first time both are the same; then each is as it was left.
        swap() {
            const now = text();
            attempt(() => take(other ?? now));
            other = now;
            ends = null;
            byId("morph").disabled = false;
            byId("morph").value = 0;
            play();
        },
        save: () => attempt(() => save(`${patch.instrument}.wav`, [engine.wav(text())], "audio/wav")),
        "copy-command": () => copy(commandOf(text()), "the command"),
        "copy-patch": () => copy(text(), "the patch"),
        "copy-link": () => copy(linkOf(text()), "the link"),
        "to-kit": () => page.kit.add(text()),
    };
    for (const [id, action] of Object.entries(actions)) {
        byId(id).addEventListener("click", action);
    }
    byId("wave").addEventListener("click", play);
    byId("spectrogram").addEventListener("click", play);
    byId("morph").addEventListener("change", ({target}) => attempt(() => {
        ends ??= [text(), other];
        take(engine.morph(...ends, Number(target.value)));
        play();
    }));
    byId("instrument").append(...[...kinds.keys()].map((name) => new Option(name, name)));
    byId("instrument").addEventListener("change", ({target}) => { take(JSON.stringify({instrument: target.value})); play(); });
    byId("preset").addEventListener("change", ({target}) => attempt(() => {
        take(target.value === "" ? JSON.stringify({instrument: patch.instrument}) : engine.preset(target.value));
        play();
    }));
    addEventListener("hashchange", () => attempt(() => {
        const given = patchInAddress();
        if (given !== null) {
            take(given);
        }
    }));

    return {
        take,
        play,
        text,
        patch: () => patch,
        locks,
        withLocks,
        opened() {},
        /** The first sound, a draft: a link's, the last one, or a kick; what a link or the memory holds may be anything, and is told. */
        begin() {
            let problem = "";
            const isTaken = [patchInAddress, () => recalled("patch")].some((from) => {
                let given = null;
                const isGood = attempt(() => { given = from(); if (given !== null) { take(given, {isDraft: true}); } });
                problem ||= isGood ? "" : byId("told").textContent;
                return isGood && given !== null;
            });
            if (!isTaken) {
                take(JSON.stringify({instrument: "kick"}), {isDraft: true});
            }
            if (problem !== "") {
                tell(problem);
            }
        },
        render,
        keys: {" ": play, s: actions.surprise, v: actions.vary, u: actions.undo, b: actions.swap, w: actions.save,
            c: actions["copy-command"], j: actions["copy-patch"], l: actions["copy-link"], k: actions["to-kit"]},
    };
}

// A recording, its hits, and the patches that come nearest to them.

import {drawWave, peakOf} from "./drawing.js";
import {attemptLater, button, byId, bytesOf, made, tell} from "./page.js";
import {partsOf} from "./patch_text.js";
import {decoded, device, play, stop} from "./player.js";

export const EFFORT = 6000;  // sounds that are tried, as drumgen match does

const isWave = (bytes) => /^(RIFF|RIFX|RF64)$/.test(String.fromCharCode(...bytes.subarray(0, 4)));

/** A part of a sound. */
function cut({samples, right, rate_hz: rate}, {at_s: at, length_s: length}) {
    const part = (channel) => channel && channel.slice(Math.max(0, Math.floor((at - 0.001) * rate)), Math.ceil((at + length) * rate));
    return {samples: part(samples), right: part(right), rate_hz: rate};
}

/** @param page  {engine, worker, shapeIt, kit, kinds, options, open} */
export function match(page) {
    let given = null;  // what the engine takes, and its name
    let heard = null;  // samples, to be played
    let hits = [];
    let hit = null;
    let best = null;  // {patch, sound}
    let isSearching = false;

    /** Takes a recording; it is given to the Worker again before each search, which a stop may have ended. */
    const listen = (sensitivity) => page.worker.ask("recording", [given.data, {name: given.name, sensitivity}]);

    async function take(data, name, sound) {
        given = {data, name};
        heard = sound;
        byId("matched").replaceChildren();
        best = null;
        await find();
    }

    async function find() {
        const told = await listen(Number(byId("sensitivity").value));
        hits = told.hits;
        tell([`${given.name}: ${hits.length} ${hits.length === 1 ? "hit" : "hits"}`, ...told.notes].join("\n"));
        drawWave(byId("recording"), heard, 0.95 / peakOf(heard));
        byId("hits").replaceChildren(...hits.map((one) => button(
            `${one.hit}: ${one.instrument} at ${one.at_s.toFixed(2)} s`, () => choose(one),
            {className: "hit", label: `hit ${one.hit}, ${one.instrument} at ${one.at_s.toFixed(2)} s`})));
        choose(hits[0], {isHeard: false});
        byId("loop-to-kit").disabled = hits.length < 2;
    }

    function choose(one, {isHeard = true} = {}) {
        hit = one;
        [...byId("hits").children].forEach((box, at) => box.setAttribute("aria-pressed", hits[at] === one));
        byId("match-with").value = "";
        byId("find-match").disabled = false;
        if (isHeard) {
            play(cut(heard, one));
        }
    }

    function searching(is) {
        isSearching = is;
        byId("find-match").disabled = is || hit === null;
        byId("loop-to-kit").disabled = is || hits.length < 2;
        byId("stop-match").disabled = !is;
        byId("match-progress").hidden = !is;
    }

    /** The best match yet; its sound is made on the page, while the Worker looks on. */
    function show({patch, distance_db: distance, differs = ""}) {
        const sound = page.engine.render(patch, "samples");
        best = {patch, sound};
        const canvas = made("canvas", {width: 480, height: 80, attributes: {"aria-hidden": "true"}});
        byId("matched").replaceChildren(canvas,
            made("p", {}, `${partsOf(patch).instrument}, ${distance.toFixed(2)} dB apart${differs && `: ${differs}`}`),
            made("span", {className: "buttons"},
                button("Play recording", () => play(cut(heard, hit)), {key: "A"}),
                button("Play match", () => play(best.sound), {key: "B"}),
                button("Shape it", () => page.shapeIt(best.patch)),
                button("To kit", () => page.kit.add(best.patch))));
        drawWave(canvas, sound, 0.95 / peakOf(sound));
    }

    async function search() {
        if (hit === null || isSearching) {
            return;
        }
        searching(true);
        let shown = 0;
        let nearest = null;
        const {effort} = page.options;
        byId("match-progress").max = effort;
        await attemptLater(async () => {
            await listen(Number(byId("sensitivity").value));
            const line = await page.worker.ask("match", [{hit: hit.hit, instrument: byId("match-with").value, effort}], (told) => {
                byId("match-progress").value = told.tried;
                nearest = told.patch ? told : nearest;
                const now = performance.now();
                if (nearest !== null && now - shown > 300) {
                    shown = now;
                    show(nearest);
                    nearest = null;
                }
            });
            show({...JSON.parse(line), patch: line});
            tell("");
        });
        searching(false);
    }

    async function loop() {
        if (isSearching) {
            return;
        }
        searching(true);
        let found = 0;
        byId("match-progress").removeAttribute("value");
        await attemptLater(async () => {
            await listen(Number(byId("sensitivity").value));
            const {lines, midi} = await page.worker.ask("loop", [{effort: page.options.effort}], ({tried}) => {
                if (tried === 0) {
                    tell(`${++found} ${found === 1 ? "drum is" : "drums are"} matched`);
                }
            });
            page.kit.take(lines);
            page.kit.takeSong(page.engine.song(midi));
            page.open("kit");
        });
        searching(false);
    }

    /** A sound file's bytes. */
    const file = (bytes, name) => attemptLater(async () => {
        const sound = await decoded(bytes.slice());
        await take(isWave(bytes) ? bytes : sound, name.replace(/\.[^.]*$/, ""), sound);
    });

    let recorder = null;
    async function record() {
        if (recorder !== null) {
            recorder.stop();
            return;
        }
        await attemptLater(async () => {
            if (!navigator.mediaDevices) {
                throw new Error("this browser gives no microphone to a page that is opened from a disk");
            }
            const stream = await navigator.mediaDevices.getUserMedia({
                audio: {echoCancellation: false, noiseSuppression: false, autoGainControl: false}});
            await device();
            const parts = [];
            recorder = new MediaRecorder(stream);
            recorder.ondataavailable = ({data}) => parts.push(data);
            recorder.onstop = () => attemptLater(async () => {
                recorder = null;
                stream.getTracks().forEach((track) => track.stop());
                byId("record").textContent = "Record";
                const sound = await decoded(new Uint8Array(await new Blob(parts).arrayBuffer()));
                await take(sound, "recording", sound);
            });
            recorder.start();
            byId("record").textContent = "Stop recording";
        });
    }

    byId("match-with").append(...[...page.kinds.keys()].map((name) => new Option(name, name)));
    byId("find-match").addEventListener("click", search);
    byId("stop-match").addEventListener("click", () => { page.worker.stop(); searching(false); });
    byId("loop-to-kit").addEventListener("click", loop);
    byId("record").addEventListener("click", record);
    byId("recording").addEventListener("click", () => heard && play(heard));
    byId("sensitivity").addEventListener("change", () => given && attemptLater(find));
    byId("choose-recording").addEventListener("change", async ({target}) => {
        const [chosen] = target.files;
        await attemptLater(async () => file(await bytesOf(chosen), chosen.name));
        target.value = "";
    });
    return {
        file,
        take,
        opened() {},
        keys: {
            " ": () => heard && play(heard),
            a: () => hit && play(cut(heard, hit)),
            b: () => best && play(best.sound),
            m: search,
            Escape: () => (isSearching ? page.worker.stop() : stop()),
        },
    };
}

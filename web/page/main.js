// The page begins here; so does the Worker, which runs the same script.

import {loadEngine} from "./engine.js";
import {explore} from "./explore.js";
import {kit} from "./kit.js";
import {EFFORT, match} from "./match.js";
import {attemptLater, breath, byId, bytesOf, tell} from "./page.js";
import {wakeEarly} from "./player.js";
import {scripts} from "./scripts.js";
import {shape} from "./shape.js";
import {serve, WorkerEngine} from "./worker.js";

const ROOMS = ["shape", "explore", "match", "kit"];

/** What an element of the page has packed. */
async function unpacked(id) {
    const element = byId(id);
    const packed = await (await fetch(`data:application/octet-stream;base64,${element.textContent}`)).blob();
    element.remove();
    return new Response(packed.stream().pipeThrough(new DecompressionStream("gzip")));
}

function openRoom(page, room) {
    for (const name of ROOMS) {
        byId(name).hidden = name !== room;
        byId(`tab-${name}`).setAttribute("aria-selected", name === room);
        byId(`tab-${name}`).tabIndex = name === room ? 0 : -1;
    }
    page.room = room;
    page[room].opened();
}

/** What is dropped onto the page, by what it is. */
async function drop(page, event) {
    const file = event.dataTransfer?.files[0];
    if (file === undefined) {
        return;
    }
    await attemptLater(async () => {
        const bytes = await bytesOf(file);
        const begin = String.fromCharCode(...bytes.subarray(0, 4));
        const pad = event.target.closest?.("[data-pad]");
        if (begin.startsWith("PK")) {
            await page.kit.takeZip(bytes);
            page.open("kit");
        } else if (begin === "MThd") {
            page.open("kit");
            page.kit.takeSong(page.engine.song(bytes));
        } else if (/^\s*\{/.test(begin)) {
            takeText(page, new TextDecoder().decode(bytes), pad);
        } else if (pad) {
            await page.kit.put(page.engine.file(bytes), Number(pad.dataset.pad));
        } else if (page.room === "match") {
            await page.match.file(bytes, file.name);
        } else {
            await takeSound(page, bytes, file.name);
        }
    });
}

function takeText(page, text, pad) {
    const first = text.trim().split("\n", 1)[0];
    if (/"label": *"(dis)?like"/.test(first)) {
        page.open("explore");
        page.explore.takeRatings(text);
    } else if (/"slots"/.test(text)) {
        page.kit.take(text);
        page.open("kit");
    } else if (pad) {
        page.kit.put(page.engine.normal(text), Number(pad.dataset.pad));
    } else {
        page.shapeIt(text);
        page.shape.play();
    }
}

/** A sound of ours is shaped; one of others is matched. */
function takeSound(page, bytes, name) {
    let patch = null;
    try {
        patch = page.engine.file(bytes);
    } catch {
        page.open("match");
        return page.match.file(bytes, name);
    }
    page.shapeIt(patch);
    return page.shape.play();
}

function listen(page) {
    for (const room of ROOMS) {
        byId(`tab-${room}`).addEventListener("click", () => {
            tell("");
            page.open(room);
        });
    }
    byId("tabs").addEventListener("keydown", (event) => {
        const by = {ArrowLeft: -1, ArrowRight: 1}[event.key];
        if (by !== undefined) {
            event.stopPropagation();
            const room = ROOMS[(ROOMS.indexOf(page.room) + by + ROOMS.length) % ROOMS.length];
            page.open(room);
            byId(`tab-${room}`).focus();
        }
    });
    addEventListener("keydown", (event) => {
        const isTyping = event.target.matches("input:not([type=checkbox]):not([type=file]), select") || event.ctrlKey || event.metaKey || event.altKey;
        const isPressing = event.target.matches("button, summary") && [" ", "Enter"].includes(event.key);
        const action = page[page.room].keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
        if (!isTyping && !isPressing && action !== undefined && !event.repeat) {
            event.preventDefault();
            action(event);
        }
    });
    addEventListener("dragover", (event) => event.preventDefault());
    addEventListener("drop", (event) => {
        event.preventDefault();
        drop(page, event);
    });
    addEventListener("unhandledrejection", ({reason}) => tell(reason?.message ?? String(reason)));
}

async function begin(create) {
    const [compiled, described] = await Promise.all([
        unpacked("wasm").then(async (wasm) => WebAssembly.compile(await wasm.arrayBuffer())),
        unpacked("description").then((text) => text.json())]);
    const engine = await loadEngine(create, compiled);
    const {instruments, settings, velocity_gain: velocityGain} = described;
    // What render --page has put into the file.
    const given = [...document.querySelectorAll("script.sound")].map((element) => {
        const sound = JSON.parse(element.textContent);
        element.remove();
        return sound;
    });
    const page = {engine, given, settings, velocityGain, options: {effort: EFFORT}, room: "shape",
        kinds: new Map(instruments.map((kind) => [kind.name, kind])),
        worker: new WorkerEngine(byId("script").textContent, compiled)};
    page.open = (room) => openRoom(page, room);
    page.shapeIt = (patch) => {
        page.shape.take(patch);
        page.open("shape");
    };
    wakeEarly();
    page.shape = shape(page);
    page.shape.begin();
    document.documentElement.dataset.ready = "to play";
    await breath();
    const told = byId("told").textContent;
    page.shape.render();
    tell(told);
    await breath();
    page.explore = explore(page);
    page.match = match(page);
    page.kit = kit(page);
    listen(page);
    window.drumgen = scripts(page);
    if (given.length > 0) {
        page.open("explore");
    }
    document.documentElement.dataset.ready = "yes";
}

// `createEngine` is emscripten's, before this script.
if (typeof document === "undefined") {
    serve(createEngine);
} else {
    begin(createEngine).catch((error) => tell(`the engine does not start: ${error.message}`));
}

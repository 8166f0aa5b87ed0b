// Sounds on the device: one at a time as they are chosen, or many as a kit plays them.

import {tell} from "./page.js";

const PATIENCE_MS = 2000;  // with a device that does not wake

let audio = null;
let playing = null;

/** The device; told when there is none. */
export async function device() {
    audio ??= new AudioContext({latencyHint: "interactive"});
    if (audio.state === "suspended") {
        await Promise.race([audio.resume(), new Promise((next) => setTimeout(next, PATIENCE_MS))]);
        if (audio.state === "suspended") {
            throw new Error("the browser holds sound back; click the page, and play again");
        }
    }
    return audio;
}

/** Wakes the device as soon as somebody touches anything, which takes a quarter of a second. */
export function wakeEarly() {
    for (const type of ["pointerdown", "keydown"]) {
        addEventListener(type, () => { device().catch(() => {}); }, {once: true, capture: true});
    }
}

/** A sound of the engine, {samples, right, rate_hz}, as a context has it. */
export function bufferOf(context, {samples, right, rate_hz: rate}) {
    const buffer = context.createBuffer(right ? 2 : 1, Math.max(1, samples.length), rate);
    buffer.copyToChannel(samples, 0);
    if (right) {
        buffer.copyToChannel(right, 1);
    }
    return buffer;
}

const RATE_HZ = 48000;  // that sounds of files are decoded to

/** Samples of what a browser decodes. */
export async function decoded(bytes) {
    const context = new OfflineAudioContext(1, 1, RATE_HZ);
    const buffer = await context.decodeAudioData(bytes.buffer);
    return {samples: buffer.getChannelData(0), right: buffer.numberOfChannels === 2 ? buffer.getChannelData(1) : null,
        rate_hz: buffer.sampleRate};
}

export const bytesOfBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

export function stop() {
    playing?.stop();
    playing = null;
}

/** Plays a sound in place of the one before. */
export async function play(sound) {
    if (sound === null) {
        return;
    }
    try {
        const context = await device();
        stop();
        playing = new AudioBufferSourceNode(context, {buffer: bufferOf(context, sound)});
        playing.connect(context.destination);
        playing.start();
    } catch (error) {
        tell(`no sound can be played: ${error.message}`);
    }
}

const FADE_S = 0.006;  // of what is cut off, as players of SFZ do it

/** Plays hits of voices into a context, each at its time; hits of one choke group cut each other off. */
export class Voices {
    constructor(context, target = context.destination) {
        this.context = context;
        this.target = target;
        this.sounding = new Map();  // by choke group
        this.sources = new Set();
    }

    /** At a time of the context. */
    hit({buffer, gain = 1, pan = 0, choke = 0}, at) {
        const source = new AudioBufferSourceNode(this.context, {buffer});
        const level = new GainNode(this.context, {gain});
        let last = source.connect(level);
        if (pan !== 0) {
            last = last.connect(new StereoPannerNode(this.context, {pan}));
        }
        last.connect(this.target);
        const start = Math.max(at, this.context.currentTime);
        source.start(start);
        this.sources.add(source);
        source.onended = () => this.sources.delete(source);
        if (choke !== 0) {
            const before = this.sounding.get(choke);
            if (before !== undefined && before.start < start) {
                before.level.gain.setValueAtTime(before.gain, start);
                before.level.gain.linearRampToValueAtTime(0, start + FADE_S);
                before.source.stop(start + FADE_S);
            }
            this.sounding.set(choke, {source, level, gain, start});
        }
    }

    stop() {
        for (const source of this.sources) {
            source.stop();
        }
        this.sources.clear();
        this.sounding.clear();
    }
}

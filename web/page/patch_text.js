// A patch as text: in a command, a link, a file.

import {withSeed} from "./engine.js";

/** The seed of a patch that drumgen printed. */
export const seedIn = (text) => /"seed": (\d+)/.exec(text)[1];

/** The parts of a patch that drumgen printed; the seed is text. */
export function partsOf(text) {
    const {instrument, params = {}, render = {}, name = ""} = JSON.parse(text);
    return {instrument, params, render, name, seed: seedIn(text)};
}

/** The patch of those parts. */
export const patchOf = ({seed, ...rest}) => withSeed(rest, seed);

/** The same patch, hit as hard as a MIDI velocity says. */
export function hit(text, velocity) {
    const parts = partsOf(text);
    const part = Number(((parts.render.velocity ?? 1) * velocity / 127).toFixed(6));
    return patchOf({...parts, render: {...parts.render, velocity: part}});
}

/** As a word of a shell. */
export const quoted = (text) => /^[A-Za-z0-9_.,:\/=+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

export const commandOf = (text) => `drumgen render ${quoted(text)} -o ${partsOf(text).instrument}.wav`;

// A link has the patch behind "#p=", as base64 of its text for addresses.
export function linkOf(text) {
    const bytes = new TextEncoder().encode(text);
    const base64 = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    return `${location.href.split("#")[0]}#p=${base64}`;
}

/** The patch of the address; null without one. */
export function patchInAddress() {
    const found = /^#p=([A-Za-z0-9_-]{1,20000})$/.exec(location.hash);
    if (found === null) {
        return null;
    }
    const letters = atob(found[1].replaceAll("-", "+").replaceAll("_", "/"));
    return new TextDecoder().decode(Uint8Array.from(letters, (letter) => letter.charCodeAt(0)));
}

"use strict";
// The engine as a page has it: the samples of `drumgen render`, patches as text, since a seed may be larger than what
// JavaScript counts exactly. Everything else is made of these.

/** What drumgen would tell, a line for each problem. */
class DrumgenError extends Error {
    constructor(text, status) {
        super(text);
        this.name = "DrumgenError";
        this.status = status;
    }
}

/**
 * The engine of WebAssembly bytes.
 * @param create  the factory that emscripten makes
 */
async function loadEngine(create, wasmBinary) {
    const module = await create({wasmBinary});

    function ask(name, types, words) {
        const status = module.ccall(`drumgen_${name}`, "number", types, words);
        const text = module.UTF8ToString(module._drumgen_text());
        if (status !== 0) {
            throw new DrumgenError(text, status);
        }
        return text;
    }

    function samplesOf(channel) {
        const from = module._drumgen_samples(channel);
        return module.HEAPF32.slice(from / 4, from / 4 + module._drumgen_frame_count());
    }

    const text = (patch) => typeof patch === "string" ? patch : JSON.stringify(patch);
    return {
        DrumgenError,

        /** Instruments with their parameters and presets, and what all sounds can be set to. */
        describe: () => JSON.parse(ask("describe", [], [])),

        /** {samples, right, rate_hz, channels, sha256, features, patch}; right is null where there is one channel. */
        render(patch) {
            const told = ask("render", ["string"], [text(patch)]);
            const {patch: _, ...rest} = JSON.parse(told);
            return {...rest, patch: patchIn(told), samples: samplesOf(0), right: rest.channels === 2 ? samplesOf(1) : null};
        },

        /** The bytes that `drumgen render -o x.wav` writes. */
        wav(patch, {bits = "24"} = {}) {
            ask("wav", ["string", "string"], [text(patch), String(bits)]);
            const from = module._drumgen_bytes();
            return module.HEAPU8.slice(from, from + module._drumgen_byte_count());
        },

        /** A line of `drumgen propose`. */
        propose: (kind, {seed = 0, index = 0, from = "typical"} = {}) =>
            ask("propose", ["string", "string", "string", "string"], [kind, String(seed), String(index), from]),

        /** A line of `drumgen mutate`; what is in locks, keys of parameters, stays. */
        mutate: (patch, {amount = 0.2, seed = 0, index = 0, locks = []} = {}) =>
            ask("mutate", ["string", "number", "string", "string", "string"],
                [text(patch), amount, String(seed), String(index), locks.join(" ")]),

        /** What lies between two patches of one instrument: 0 is the first, 1 the second. */
        morph: (from, to, share) => ask("morph", ["string", "string", "number"], [text(from), text(to), share]),

        /** Levels of what was rendered last, rows by columns from 20 kHz to 30 Hz, dB below the loudest. */
        spectrogram(columns, rows) {
            const from = module._drumgen_spectrogram(columns, rows);
            return module.HEAPF32.slice(from / 4, from / 4 + columns * rows);
        },

        /** The patch of a preset. */
        preset: (name) => ask("preset", ["string"], [name]),

        /** The patch of a WAV that carries one, or of a file of JSON: bytes, at most 2 MB. */
        file: (bytes) => ask("file", ["array", "number"], [bytes, bytes.length]),

        /** A patch of any form as drumgen prints it. */
        normal: (patch) => ask("patch", ["string"], [text(patch)]),
    };
}

/** The text of the patch in what render tells, as it is: its numbers are not read. */
function patchIn(told) {
    const from = told.indexOf("{", 1);
    let depth = 0;
    let isText = false;
    for (let at = from; at < told.length; ++at) {
        const letter = told[at];
        if (isText) {
            at += letter === "\\" ? 1 : 0;
            isText = letter !== '"';
        } else if (letter === '"') {
            isText = true;
        } else if (letter === "{") {
            ++depth;
        } else if (letter === "}" && --depth === 0) {
            return told.slice(from, at + 1);
        }
    }
    return "";
}

if (typeof module !== "undefined") {
    module.exports = {loadEngine, patchIn};
}

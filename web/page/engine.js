// The engine as a page has it: the samples of `drumgen render`, patches as text, since a seed may be larger than what
// JavaScript counts exactly. Everything else is made of these.

/** What drumgen would tell, a line for each problem. */
export class DrumgenError extends Error {
    constructor(text, status) {
        super(text);
        this.name = "DrumgenError";
        this.status = status;
    }
}

const textOf = (given) => typeof given === "string" ? given : JSON.stringify(given);

/**
 * The engine of a module of WebAssembly.
 * @param create  the factory that emscripten makes
 * @param told    called with {tried, patch, distance_db} while a match is looked for
 */
export async function loadEngine(create, compiled, told = () => {}) {
    const module = await create({
        told,
        instantiateWasm(imports, take) {
            WebAssembly.instantiate(compiled, imports).then(take);
            return {};
        },
    });

    /** Calls the engine; texts, bytes and numbers of it live as long as the call. */
    function ask(name, ...words) {
        const kept = [];
        const keep = (bytes) => {
            const at = module._malloc(bytes.length + 1);
            module.HEAPU8.set(bytes, at);
            module.HEAPU8[at + bytes.length] = 0;
            kept.push(at);
            return at;
        };
        try {
            const given = words.map((word) => typeof word === "string" ? keep(new TextEncoder().encode(word))
                : ArrayBuffer.isView(word) ? keep(new Uint8Array(word.buffer, word.byteOffset, word.byteLength)) : word ?? 0);
            const status = module[`_drumgen_${name}`](...given);
            const text = module.UTF8ToString(module._drumgen_text());
            if (status !== 0) {
                throw new DrumgenError(text, status);
            }
            return text;
        } finally {
            kept.forEach((at) => module._free(at));
        }
    }

    const floats = (from, count) => module.HEAPF32.slice(from / 4, from / 4 + count);
    const samplesOf = (channel) => floats(module._drumgen_samples(channel), module._drumgen_frame_count());
    const bytes = () => {
        const from = module._drumgen_bytes();
        return module.HEAPU8.slice(from, from + module._drumgen_byte_count());
    };
    const files = () => Array.from({length: module._drumgen_file_count()}, (_, file) => {
        const from = module._drumgen_file_bytes(file);
        return {path: module.UTF8ToString(module._drumgen_file_path(file)),
            bytes: module.HEAPU8.slice(from, from + module._drumgen_file_size(file))};
    });

    return {
        /** Instruments with their parameters and presets, and what all sounds can be set to. */
        describe: () => JSON.parse(ask("describe")),

        /**
         * {samples, right, rate_hz, channels, sha256, features, patch}; right is null where there is one channel.
         * @param tells  "features" leaves out the hash, "samples" both
         */
        render(patch, tells = "all") {
            const told = JSON.parse(ask("render", textOf(patch), tells));
            return {...told, samples: samplesOf(0), right: told.channels === 2 ? samplesOf(1) : null};
        },

        /** The bytes that `drumgen render -o x.wav` writes. */
        wav(patch, {bits = "24"} = {}) {
            ask("wav", textOf(patch), String(bits));
            return bytes();
        },

        /** A line of `drumgen propose`. */
        propose: (kind, {seed = 0, index = 0, from = "typical"} = {}) =>
            ask("propose", kind, String(seed), String(index), from),

        /** Lines of `drumgen propose --from learned`, of what lines of ratings say. */
        learned: (kind, {count = 16, seed = 0, explore = 0.33, locks = [], ratings = ""} = {}) =>
            ask("learned", kind, count, String(seed), explore, locks.join(" "), ratings).trim().split("\n"),

        /** {ratings: [{time, is_liked, patch, line}], problems} of lines of ratings. */
        ratings: (text) => JSON.parse(ask("ratings", text)),

        /** A line of `drumgen mutate`; what is in locks, keys of parameters, stays. */
        mutate: (patch, {amount = 0.2, seed = 0, index = 0, locks = []} = {}) =>
            ask("mutate", textOf(patch), amount, String(seed), String(index), locks.join(" ")),

        /** What lies between two patches of one instrument: 0 is the first, 1 the second. */
        morph: (from, to, share) => ask("morph", textOf(from), textOf(to), share),

        /** A patch that is tuned to a note, "F#1", or a pitch in Hz. */
        tune: (patch, note) => ask("tune", textOf(patch), String(note)),

        /** Levels of what was rendered last, rows by columns from 20 kHz to 30 Hz, dB below the loudest. */
        spectrogram: (columns, rows) => floats(module._drumgen_spectrogram(columns, rows), columns * rows),

        /** The patch of a preset. */
        preset: (name) => ask("preset", name),

        /** The patch of a WAV that carries one, or of a file of JSON. */
        file: (data) => ask("file", data, data.length),

        /** A patch of any form as drumgen prints it. */
        normal: (patch) => ask("patch", textOf(patch)),

        /** Takes a recording, {samples, right, rate_hz} or the bytes of a WAV: {rate_hz, frames, notes, hits}. */
        recording(sound, {name = "recording", sensitivity = 0.5} = {}) {
            return JSON.parse(sound instanceof Uint8Array
                ? ask("recording_file", sound, sound.length, sensitivity, name)
                : ask("recording", sound.samples, sound.right ?? 0, sound.samples.length, sound.rate_hz, sensitivity, name));
        },

        /** A line of `drumgen match` for a hit of the recording. */
        match: ({hit = 1, instrument = "", effort = 6000, locks = []} = {}) =>
            ask("match", hit, instrument, effort, locks.join(" ")),

        /** {lines, midi}: what `drumgen match --all-hits --groove x.mid` gives of the recording. */
        loop({effort = 6000} = {}) {
            const lines = ask("loop", effort).trim();
            return {lines, midi: bytes()};
        },

        /** {formats, kits, patterns} */
        kits: () => JSON.parse(ask("kits")),

        /** A kit by its name, of JSON, or of lines of patches: {name, velocities, round_robins, slots}; patches are text. */
        kit: (kit) => JSON.parse(ask("kit", textOf(kit))),

        /** A line of `drumgen propose --kit`. */
        proposeKit: ({seed = 0, index = 0, key = "", tempo = 120} = {}) =>
            ask("propose_kit", String(seed), String(index), key, tempo),

        /** {notes, level_db}: what each slot is turned down by. */
        kitLevels: (kit, {levels = "balanced"} = {}) => JSON.parse(ask("kit_levels", textOf(kit), levels)),

        /** {name, is_zip, files: [{path, bytes}]}: what `drumgen export-kit` writes. */
        exportKit(kit, format, {bits = "24", levels = "balanced"} = {}) {
            const told = JSON.parse(ask("export_kit", textOf(kit), format, String(bits), levels));
            return {...told, files: files()};
        },

        /** {wav, notes}: what `drumgen export-kit --beat` writes. */
        beat(kit, midi, {bits = "24", levels = "balanced"} = {}) {
            const notes = ask("beat", textOf(kit), midi, midi.length, String(bits), levels);
            return {wav: bytes(), notes};
        },

        /** {bpm, beats, name, notes: [[beat, key, velocity]]} of a MIDI file. */
        song: (midi) => JSON.parse(ask("song", midi, midi.length)),

        /** A MIDI file of the same. */
        midi({bpm, beats, name = "", notes}) {
            ask("midi", Float64Array.from(notes.flat()), notes.length, bpm, beats, name);
            return bytes();
        },
    };
}

/** A patch as drumgen reads it, its seed to the last digit. */
export function withSeed({instrument, params = {}, render = {}, name}, seed) {
    const rows = [`"instrument": ${JSON.stringify(instrument)}`, `"seed": ${seed}`, `"params": ${JSON.stringify(params)}`];
    if (Object.keys(render).length) {
        rows.push(`"render": ${JSON.stringify(render)}`);
    }
    if (name) {
        rows.push(`"name": ${JSON.stringify(name)}`);
    }
    return `{${rows.join(", ")}}`;
}

// window.drumgen: the engine for scripts and tests. Each function returns a promise.

/** @param page  {engine, worker, kit} */
export function scripts(page) {
    const ofPage = ["render", "propose", "mutate", "morph", "tune", "preset", "wav", "file", "describe", "ratings", "song", "midi"];
    const ofWorker = ["learned", "proposeKit", "beat"];
    const later = (work) => async (...words) => work(...words);
    /** Gives the Worker a recording: samples, or the bytes of a WAV. */
    const listen = (samples, rate, right, options) => page.worker.ask("recording",
        [samples instanceof Uint8Array ? samples : {samples, right, rate_hz: rate}, options]);
    return {
        ...Object.fromEntries(ofPage.map((name) => [name, later(page.engine[name])])),
        ...Object.fromEntries(ofWorker.map((name) => [name, (...words) => page.worker.ask(name, words)])),

        /** A kit in a format: {name, is_zip, files: [{path, bytes}], notes, zip}. */
        async kit(kit, format = "zip", options = {}) {
            const made = await page.worker.ask("exportKit", [kit, format, options]);
            return {...made, zip: made.is_zip ? await page.kit.zipped(made.files) : null};
        },

        /** {hits, line}: the hits of a recording, and the patch that comes nearest to one. */
        async match(samples, rate, {right = null, hit = 1, instrument = "", effort = page.options.effort, locks = [],
            sensitivity = 0.5, name = "recording", told = () => {}} = {}) {
            const {hits} = await listen(samples, rate, right, {name, sensitivity});
            return {hits, line: await page.worker.ask("match", [{hit, instrument, effort, locks}], told)};
        },

        /** {lines, midi}: the drums of a loop, and what they play. */
        async loop(samples, rate, {right = null, effort = page.options.effort, sensitivity = 0.5, name = "loop"} = {}) {
            await listen(samples, rate, right, {name, sensitivity});
            return page.worker.ask("loop", [{effort}]);
        },

        /** Ends what `match`, `loop` and `kit` work on. */
        stop: async () => page.worker.stop(),

        /** The page itself: what it plays and shows. */
        page: {
            beat: page.kit.played,
            kit: page.kit.text,
            strike: (key, velocity) => page.kit.midiMessage([0x90, key, velocity]),
            ratings: () => page.explore.ratings.text(),
            open: page.open,
        },
    };
}

// A pattern of steps, and what of it sounds when. Numbers only: nothing of the page.

export const STEPS_A_BEAT = 4;
export const MOST_STEPS = 32;
/** Until the first step, so that it can be given in time. */
export const LEAD_S = 0.05;

/** A pattern: for each slot's name its steps, {velocity, offset} or null; an offset is in steps, -0.5..0.5. */
export class Pattern {
    constructor(steps = 16) {
        this.steps = steps;
        this.bpm = 120;
        this.swing = 0;  // how late every second step is, 0..0.5 steps
        this.rows = new Map();
    }

    row(name) {
        if (!this.rows.has(name)) {
            this.rows.set(name, Array(MOST_STEPS).fill(null));
        }
        return this.rows.get(name);
    }

    /** Takes the notes of a song, each on the slot that has its key; returns how many had none. */
    take({bpm, beats, notes}, slotOf) {
        this.rows.clear();
        this.bpm = Math.round(bpm * 100) / 100;
        this.swing = 0;
        this.steps = beats * STEPS_A_BEAT > 16 ? MOST_STEPS : 16;
        let lost = 0;
        for (const [beat, key, velocity] of notes) {
            const name = slotOf(key);
            const place = beat * STEPS_A_BEAT;
            const step = Math.round(place);
            if (name === null || step >= this.steps) {
                ++lost;
                continue;
            }
            const row = this.row(name);
            if (row[step] === null || row[step].velocity < velocity) {
                row[step] = {velocity, offset: Math.round((place - step) * 1000) / 1000};
            }
        }
        return lost;
    }

    /** Where a step sounds, in steps. */
    placeOf(step, offset) {
        return Math.max(0, step + offset + (step % 2 === 1 ? this.swing : 0));
    }

    seconds() {
        return this.steps / STEPS_A_BEAT * 60 / this.bpm;
    }

    /** All hits of one round, {at, name, velocity}, at in seconds, in order. */
    hits() {
        const all = [];
        for (const [name, row] of this.rows) {
            row.slice(0, this.steps).forEach((cell, step) => {
                if (cell !== null) {
                    all.push({at: this.placeOf(step, cell.offset) / STEPS_A_BEAT * 60 / this.bpm, name, velocity: cell.velocity});
                }
            });
        }
        return all.sort((a, b) => a.at - b.at);
    }

    /** The same as a song, each slot on its key. */
    song(keyOf) {
        const notes = [];
        for (const {at, name, velocity} of this.hits()) {
            if (keyOf(name) !== null) {
                notes.push([at * this.bpm / 60, keyOf(name), velocity]);
            }
        }
        return {bpm: this.bpm, beats: this.steps / STEPS_A_BEAT, name: "beat", notes};
    }

    stored() {
        return JSON.stringify({steps: this.steps, bpm: this.bpm, swing: this.swing, rows: [...this.rows]});
    }

    /** A pattern as it was stored; what was changed by hand may be anything. */
    static recalled(text) {
        const pattern = new Pattern();
        try {
            const {steps, bpm, swing, rows} = JSON.parse(text);
            pattern.steps = steps === MOST_STEPS ? MOST_STEPS : 16;
            pattern.bpm = bpm >= 20 && bpm <= 300 ? bpm : 120;
            pattern.swing = swing >= 0 && swing <= 0.5 ? swing : 0;
            for (const [name, row] of rows) {
                row.slice(0, MOST_STEPS).forEach((cell, step) => {
                    if (cell?.velocity >= 1 && cell.velocity <= 127 && Math.abs(cell.offset) <= 0.5) {
                        pattern.row(String(name))[step] = {velocity: Math.round(cell.velocity), offset: cell.offset};
                    }
                });
            }
        } catch {
            pattern.rows.clear();
        }
        return pattern;
    }
}

/**
 * Plays a pattern round after round on the clock of a context: what sounds soon is given to it, again and again.
 * @param hit  called with (name, velocity, time) for each
 */
export class Sequencer {
    constructor(context, pattern, hit) {
        this.context = context;
        this.pattern = pattern;
        this.hit = hit;
        this.round = context.currentTime + LEAD_S;
        this.until = this.round;
    }

    /** Gives what sounds before a time. */
    advance(time) {
        while (this.round < time) {
            for (const {at, name, velocity} of this.pattern.hits()) {
                const when = this.round + at;
                if (when >= this.until && when < time) {
                    this.hit(name, velocity, when);
                }
            }
            const end = this.round + this.pattern.seconds();
            if (end > time) {
                break;
            }
            this.until = end;
            this.round = end;
        }
        this.until = Math.max(this.until, time);
    }

    /** The step that sounds now, for who looks. */
    stepAt(time) {
        const beats = (time - this.round) * this.pattern.bpm / 60;
        const step = Math.floor(beats * STEPS_A_BEAT);
        return ((step % this.pattern.steps) + this.pattern.steps) % this.pattern.steps;
    }
}

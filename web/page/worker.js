// The engine beside the page, in a Worker of its own, for what takes longer than a frame. The Worker runs this very
// script, whose text the page has.

import {loadEngine} from "./engine.js";

/** Answers questions of the page, in the Worker. */
export function serve(create) {
    let engine = null;
    let asked = 0;
    self.onmessage = async ({data: {id, compiled, name, words}}) => {
        try {
            if (compiled !== undefined) {
                engine = loadEngine(create, compiled, (told) => self.postMessage({id: asked, told}));
                return;
            }
            const ready = await engine;
            asked = id;
            const answer = ready[name](...words);
            self.postMessage({id, answer});
        } catch ({message, status}) {
            self.postMessage({id, error: {message, status}});
        }
    };
}

/** What an answer is that was stopped. */
class Stopped extends Error {
    constructor() {
        super("stopped");
        this.name = "Stopped";
    }
}

/** The engine in a Worker: what is asked of it is answered later, one after the other. */
export class WorkerEngine {
    constructor(script, compiled) {
        this.script = script;
        this.compiled = compiled;
        this.waiting = new Map();
        this.last = 0;
        this.worker = null;
    }

    begin() {
        const address = URL.createObjectURL(new Blob([this.script], {type: "text/javascript"}));
        this.worker = new Worker(address);
        URL.revokeObjectURL(address);
        this.worker.onmessage = ({data: {id, told, answer, error}}) => {
            const question = this.waiting.get(id);
            if (question === undefined) {
                return;
            }
            if (told !== undefined) {
                question.told(told);
                return;
            }
            this.waiting.delete(id);
            if (error !== undefined) {
                question.fail(Object.assign(new Error(error.message), {status: error.status}));
            } else {
                question.answer(answer);
            }
        };
        this.worker.onerror = (event) => this.stop(new Error(`the engine stopped: ${event.message}`));
        this.worker.postMessage({compiled: this.compiled});
    }

    /**
     * Asks one of the engine's functions.
     * @param told  called with what a search tells on its way
     */
    ask(name, words, told = () => {}) {
        if (this.worker === null) {
            this.begin();
        }
        const id = ++this.last;
        return new Promise((answer, fail) => {
            this.waiting.set(id, {answer, fail, told});
            this.worker.postMessage({id, name, words});
        });
    }

    /** Ends what is worked on; what it would have answered fails. What was kept in it is gone. */
    stop(reason = new Stopped()) {
        this.worker?.terminate();
        this.worker = null;
        const all = [...this.waiting.values()];
        this.waiting.clear();
        all.forEach(({fail}) => fail(reason));
    }
}

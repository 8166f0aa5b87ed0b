// A grid of proposals, what is said of them, and what is learned from that.

import {drawWave} from "./drawing.js";
import {attempt, attemptLater, button, byId, bytesOf, made, random, recalled, remember, save, tell} from "./page.js";
import {partsOf} from "./patch_text.js";
import {bytesOfBase64, decoded, play} from "./player.js";

const COUNT = 16;  // of a grid
const SAID = {like: "liked", dislike: "disliked"};

/** What was said, as the lines of a file that `drumgen feedback --import` takes. */
export class Ratings {
    constructor(engine) {
        this.engine = engine;
        this.lines = (recalled("ratings") ?? "").split("\n").filter((line) => line !== "");
    }

    text() {
        return this.lines.map((line) => line + "\n").join("");
    }

    add(patch, label) {
        const time = new Date().toISOString().replace(/\.\d+Z$/, "Z");
        this.lines.push(`{"time": "${time}", "label": "${label}", "patch": ${patch}}`);
        this.keep();
    }

    /** Takes back what was said of a patch last. */
    takeBack(patch) {
        const at = this.lines.findLastIndex((line) => line.endsWith(`"patch": ${patch}}`));
        if (at >= 0) {
            this.lines.splice(at, 1);
            this.keep();
        }
    }

    /** Adds the ratings of a file; what can't be read is told. */
    take(text) {
        const {ratings, problems} = this.engine.ratings(text);
        const known = new Set(this.lines);
        const lines = ratings.map(({line}) => line.trim()).filter((line) => !known.has(line));
        this.lines.push(...lines);
        this.keep();
        const told = `${lines.length} ${lines.length === 1 ? "rating is" : "ratings are"} new, ${this.lines.length} in all`;
        tell([told, ...problems].join("\n"));
    }

    keep() {
        if (!remember("ratings", this.text())) {
            tell("the browser keeps no more ratings; save them before you leave");
        }
    }

    /** How many of an instrument are liked and disliked. */
    counts(instrument) {
        const of = this.lines.filter((line) => line.includes(`"instrument": "${instrument}"`));
        const liked = of.filter((line) => line.includes('"label": "like"')).length;
        return {liked, disliked: of.length - liked};
    }
}

/** @param page  {engine, worker, shape, shapeIt, kit, given} */
export function explore(page) {
    const ratings = new Ratings(page.engine);
    let seed = "0";
    let turn = 0;
    let cards = [];
    const kept = (recalled("kept") ?? "").split("\n").filter((line) => line !== "");

    const instrument = () => page.shape.patch().instrument;

    /** The patches of a grid. */
    async function proposals(from) {
        const {locks} = page.shape;
        if (from === "learned") {
            const stated = partsOf(page.shape.text()).params;
            const states = [...locks].filter((id) => stated[id] !== undefined).map((id) => `${id}=${stated[id]}`);
            return page.worker.ask("learned", [instrument(), {count: COUNT, seed, locks: states, ratings: ratings.text()}]);
        }
        if (from === "kept") {
            return kept.slice(-8 * COUNT);
        }
        if (from === "given") {
            return page.given;
        }
        const patches = [];
        for (let index = 0; index < COUNT; ++index) {
            patches.push(from === "variations"
                ? page.engine.mutate(page.shape.text(), {amount: Number(byId("amount").value), seed, index, locks: [...locks]})
                : page.shape.withLocks(page.engine.propose(instrument(), {seed, index, from})));
        }
        return patches;
    }

    function tally() {
        const {liked, disliked} = ratings.counts(instrument());
        byId("said").textContent = `of ${instrument()}s ${liked} liked, ${disliked} disliked; ` +
            `${ratings.lines.length} ratings and ${kept.length} kept in all`;
        byId("save-ratings").disabled = ratings.lines.length === 0;
        byId("save-kept").disabled = kept.length === 0;
    }

    /** Says something of a card's sound; the same again takes it back. */
    function rate(card, label) {
        if (card.patch === null) {
            return;
        }
        ratings.takeBack(card.patch);
        card.label = card.label === label ? null : label;
        if (card.label !== null) {
            ratings.add(card.patch, card.label);
        }
        told(card);
    }

    function keep(card) {
        if (card.patch === null) {
            return;
        }
        const at = kept.indexOf(card.patch);
        if (at >= 0) {
            kept.splice(at, 1);
        } else {
            kept.push(card.patch);
        }
        if (!remember("kept", kept.join("\n"))) {
            tell("the browser keeps no more sounds; save what is kept before you leave");
        }
        told(card);
    }

    function show({box, label, patch}) {
        for (const [name, is] of [["like", label === "like"], ["dislike", label === "dislike"], ["keep", kept.includes(patch)]]) {
            box.querySelector(`.${name}`)?.setAttribute("aria-pressed", is);
        }
        box.dataset.said = SAID[label] ?? "";
    }

    /** Shows what was said of a card, and how much in all. */
    function told(card) {
        show(card);
        tally();
    }

    /** A card of a patch, or of what the file of the page holds, {title, summary, patch, wav}. */
    function cardOf(given, index) {
        const {patch, title = "", summary = "", wav = null} = typeof given === "string" ? {patch: given} : given;
        const card = {patch, title, sound: null, label: null, box: null};
        const canvas = made("canvas", {width: 240, height: 60, attributes: {"aria-hidden": "true"}});
        card.ready = async () => {
            card.sound ??= await (patch === null ? decoded(bytesOfBase64(wav)) : page.worker.ask("render", [patch, "samples"]));
            return card.sound;
        };
        const sounded = () => attemptLater(async () => play(await card.ready()));
        const number = index + 1;
        const part = (text, name, act, label) =>
            button(text, act, {label: `${label} sound ${number}`, className: name});
        card.play = sounded;
        const head = title === "" ? [] : [made("h3", {}, title), made("p", {className: "hint"}, summary)];
        card.box = made("article", {className: "sound", tabIndex: 0, attributes: {"aria-label": title || `Sound ${number}`}}, ...head, canvas,
            made("span", {className: "buttons"},
                part("\u25b6", "play", sounded, "play"),
                ...(patch === null ? [] : [part("\u2665", "like", () => rate(card, "like"), "like"),
                part("\u2715", "dislike", () => rate(card, "dislike"), "dislike"),
                part("\u2605", "keep", () => keep(card), "keep"),
                part("Shape", "shape", () => page.shapeIt(patch), "shape"),
                part("To kit", "to-kit", () => page.kit.add(patch), "add to the kit")])));
        canvas.addEventListener("click", sounded);
        card.draw = () => drawWave(canvas, card.sound);
        seeing.observe(card.box);
        cardOfBox.set(card.box, card);
        show(card);
        return card;
    }

    // A sound is made when it is seen, one after the other in the Worker.
    const cardOfBox = new WeakMap();
    const seeing = new IntersectionObserver((entries) => {
        for (const {target, isIntersecting} of entries) {
            const card = cardOfBox.get(target);
            if (isIntersecting) {
                seeing.unobserve(target);
                attemptLater(async () => {
                    await card.ready();
                    card.draw();
                });
            }
        }
    }, {rootMargin: "400px"});

    /** Gives a recording and the patch that matches it, which is called as its file is, a button each to hear the other. */
    function pairs() {
        const stem = ({title}) => title.replace(/^.*\//, "").replace(/\.[^.]*$/, "");
        const recordings = new Map(cards.filter(({patch}) => patch === null).map((card) => [stem(card), card]));
        for (const card of cards.filter(({patch}) => patch !== null)) {
            const other = recordings.get(partsOf(card.patch).name);
            if (other !== undefined) {
                for (const [one, two] of [[card, other], [other, card]]) {
                    one.other = two;
                    one.box.querySelector(".compare")?.remove();
                    one.box.querySelector(".play").after(button("A/B", () => two.play(), {className: "compare", label: `hear ${two.title}`}));
                }
            }
        }
    }

    async function fill() {
        const now = ++turn;
        await attemptLater(async () => {
            const patches = await proposals(byId("from").value);
            if (now !== turn) {
                return;
            }
            cards = patches.map(cardOf);
            byId("grid").replaceChildren(...cards.map(({box}) => box));
            if (cards.length === 0) {
                byId("grid").append(made("p", {className: "hint"}, "Nothing is kept yet: \u2605 keeps a sound."));
            }
            pairs();
            tally();
        });
    }

    function more() {
        seed = random();
        if (byId("from").value === "given") {
            byId("from").value = "typical";
        }
        return fill();
    }

    if (page.given.length > 0) {
        byId("from").prepend(new Option("of this file", "given"));
        byId("from").value = "given";
    }
    byId("more").addEventListener("click", more);
    byId("from").addEventListener("change", () => {
        byId("amount-label").hidden = byId("from").value !== "variations";
        fill();
    });
    byId("amount").addEventListener("change", fill);
    byId("save-ratings").addEventListener("click", () => save("drumgen-ratings.jsonl", [ratings.text()], "application/jsonl"));
    byId("save-kept").addEventListener("click", () => save("drumgen-kept.jsonl", kept.map((line) => line + "\n"), "application/jsonl"));
    byId("load-ratings").addEventListener("change", async ({target}) => {
        await attemptLater(async () => takeRatings(new TextDecoder().decode(await bytesOf(target.files[0]))));
        target.value = "";
    });

    function takeRatings(text) {
        attempt(() => ratings.take(text));
        tally();
    }

    const cardAt = () => cards.find(({box}) => box.contains(document.activeElement)) ?? cards[0];
    function go(by) {
        const at = Math.min(Math.max(cards.indexOf(cardAt()) + by, 0), cards.length - 1);
        cards[at]?.box.focus();
        cards[at]?.play();
    }
    const rowLength = () => {
        const length = cards.findIndex(({box}) => box.offsetTop !== cards[0].box.offsetTop);
        return length < 1 ? 1 : length;
    };

    return {
        ratings,
        takeRatings,
        opened() {
            if (cards.length === 0) {
                fill();
            }
            tally();
        },
        keys: {
            " ": () => cardAt()?.play(),
            ArrowLeft: () => go(-1),
            ArrowRight: () => go(1),
            ArrowUp: () => go(-rowLength()),
            ArrowDown: () => go(rowLength()),
            l: () => cardAt() && rate(cardAt(), "like"),
            d: () => cardAt() && rate(cardAt(), "dislike"),
            k: () => cardAt() && keep(cardAt()),
            a: () => {
                const {other} = cardAt() ?? {};
                other?.box.focus();
                other?.play();
            },
            n: more,
        },
        changed() {
            if (byId("from").value !== "given") {
                cards = [];
                byId("grid").replaceChildren();
            }
        },
    };
}

// What all parts of the page need: its elements, what is told, what is remembered, files out and in.

export const byId = (id) => document.getElementById(id);

export const tell = (text) => { byId("told").textContent = text; };

/** Does something that may fail, and tells why it did. */
export function attempt(work) {
    try {
        work();
        return true;
    } catch (error) {
        tell(error.message);
        return false;
    }
}

/** The same of what takes time. */
export async function attemptLater(work) {
    try {
        await work();
        return true;
    } catch (error) {
        if (error.name !== "Stopped") {
            tell(error.message);
        }
        return false;
    }
}

/** Something new under a name; false where the browser keeps nothing, and where it is full. */
export function remember(name, text) {
    try {
        localStorage.setItem(`drumgen-${name}`, text);
        return true;
    } catch {
        return false;
    }
}

export function recalled(name) {
    try {
        return localStorage.getItem(`drumgen-${name}`);
    } catch {
        return null;
    }
}

export async function copy(text, what) {
    try {
        await navigator.clipboard.writeText(text);
        tell(`${what} is copied`);
    } catch {
        tell(text);
    }
}

/** Gives a file to whoever has the page. */
export function save(name, parts, type = "application/octet-stream") {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(parts, {type}));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** Largest file that is read, in bytes: ten minutes of two channels. */
const MOST_BYTES = 256e6;

export async function bytesOf(file) {
    if (file.size > MOST_BYTES) {
        throw new Error(`${file.name} has ${file.size} bytes, at most ${MOST_BYTES} are read`);
    }
    return new Uint8Array(await file.arrayBuffer());
}

/** An element with properties, attributes and children. */
export function made(tag, {attributes = {}, ...properties} = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    for (const [name, value] of Object.entries(attributes)) {
        element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
}

/** A button that does something. */
export function button(text, act, {label, key, ...properties} = {}) {
    const element = made("button", {type: "button", ...properties}, text);
    if (key !== undefined) {
        element.append(" ", made("kbd", {}, key));
    }
    if (label !== undefined) {
        element.setAttribute("aria-label", label);
    }
    element.addEventListener("click", act);
    return element;
}

export const random = () => String(crypto.getRandomValues(new Uint32Array(1))[0]);

/** A turn of the browser's, so that it draws and hears. */
export const breath = () => new Promise((next) => setTimeout(next, 0));

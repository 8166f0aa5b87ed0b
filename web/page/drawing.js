// Waveforms and spectrograms on canvases, in the page's colours.

export function drawWave(canvas, {samples}, scale = 1) {
    const pen = canvas.getContext("2d");
    const {width, height} = canvas;
    pen.clearRect(0, 0, width, height);
    pen.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--mark");
    for (let x = 0; x < width; ++x) {
        const from = Math.floor(x * samples.length / width);
        const until = Math.max(from + 1, Math.floor((x + 1) * samples.length / width));
        let least = 1;
        let most = -1;
        for (let k = from; k < until; ++k) {
            least = Math.min(least, samples[k]);
            most = Math.max(most, samples[k]);
        }
        pen.fillRect(x, (1 - scale * most) * height / 2, 1, Math.max(1, scale * (most - least) * height / 2));
    }
}

export const COLUMNS = 300;
export const ROWS = 80;

/** Levels as colours, from nothing to the page's mark. */
export function drawSpectrogram(canvas, levels) {
    const pen = canvas.getContext("2d");
    const image = pen.createImageData(COLUMNS, ROWS);
    const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
    const colour = isDark ? [255, 176, 112] : [138, 58, 0];
    levels.forEach((level, at) => {
        const strength = Math.max(0, 1 + level / 70);
        image.data.set([...colour, Math.round(255 * strength * strength)], 4 * at);
    });
    const small = new OffscreenCanvas(COLUMNS, ROWS);
    small.getContext("2d").putImageData(image, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(small, 0, 0, canvas.width, canvas.height);
}

/** The loudest sample. */
export const peakOf = ({samples}) => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-9);

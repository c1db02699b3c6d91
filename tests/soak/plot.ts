/** The memory of the servers over the time of a soak, as a picture that needs nothing else. */

/** What a server had at one moment. */
export interface Sample {
  readonly seconds: number;
  readonly residentBytes: number;
  readonly threads: number;
  readonly descriptors: number;
}

const WIDTH = 800, HEIGHT = 360, LEFT = 60, BOTTOM = 40, TOP = 20, RIGHT = 110;
/** Told apart by people who see few colours, too; each line has its name at its end besides. */
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#555555"];
const MIB = 2 ** 20;

/** @returns the text of an SVG file. */
export function memoryPlot(
  lines: readonly { readonly model: number; readonly samples: readonly Sample[] }[],
): string {
  const all = lines.flatMap(({ samples }) => samples);
  const mostSeconds = Math.max(1, ...all.map(({ seconds }) => seconds));
  const mostBytes = Math.max(MIB, ...all.map(({ residentBytes }) => residentBytes));
  const x = (seconds: number) => LEFT + (WIDTH - LEFT - RIGHT) * seconds / mostSeconds;
  const y = (bytes: number) => HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * bytes / mostBytes;
  const paths = lines.map(({ model, samples }, i) => {
    const points = samples.map((one) => `${round(x(one.seconds))},${round(y(one.residentBytes))}`);
    const last = samples.at(-1);
    const name = last === undefined
      ? ""
      : `<text x="${round(x(last.seconds)) + 6}" y="${
        round(y(last.residentBytes)) + 4
      }">model ${model}</text>`;
    const colour = COLOURS[i % COLOURS.length];
    return `<polyline points="${
      points.join(" ")
    }" fill="none" stroke="${colour}" stroke-width="2"/>${name}`;
  });
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const at = round(y(part * mostBytes));
    return `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}" stroke="#ccc"/>` +
      `<text x="${LEFT - 6}" y="${at + 4}" text-anchor="end">${
        Math.round(part * mostBytes / MIB)
      }</text>`;
  });
  const title = `Resident memory in MiB over ${Math.round(mostSeconds)} seconds`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" ` +
    `font-family="sans-serif" font-size="12"><title>${title}</title>` +
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>\n${ticks.join("\n")}\n${
      paths.join("\n")
    }\n` +
    `<text x="${LEFT}" y="${HEIGHT - 12}">${title}</text></svg>\n`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

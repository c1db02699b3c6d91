/**
 * Draws a recording of terminals as an SVG that plays once, at the pace of the recording, and then
 * stands still. Without animation (a reader who wants none, a program that knows none) it is the last
 * picture. Style sheets only: no script, no font and no picture from outside.
 */
import type { Colour, Span, TerminalLine } from "./terminal_text.ts";

/** One terminal of the recording; they stand one below the other. */
export interface TerminalView {
  readonly title: string;
  readonly lines: readonly TerminalLine[];
  /** How many lines it shows; when there are more, it scrolls. */
  readonly rows: number;
}

const WIDTH = 800;
/** 80 columns of 0.6 em are 727 pixels. */
const FONT_SIZE = 15.15;
const LINE = 20;
const MARGIN = 16;
const BAR = 34;
const GAP = 14;

const COLOURS = {
  light: fills({
    red: "#b3261e",
    green: "#17734a",
    yellow: "#8a4d00",
    blue: "#0a5fbd",
    magenta: "#7a4bb3",
    cyan: "#126a7c",
  }),
  dark: fills({
    red: "#ff9a90",
    green: "#56c992",
    yellow: "#f0b35c",
    blue: "#6cb4ff",
    magenta: "#c9a6f5",
    cyan: "#7fc8d8",
  }),
};

function fills(colours: Readonly<Record<Colour, string>>): string {
  return Object.entries(colours).map(([name, fill]) => `.t .${name}{fill:${fill}}`).join("");
}

// Plain colours, not custom properties: several programs that show an SVG don't know those.
const STYLE = `
.t text{white-space:pre;fill:#17222e;
font:${FONT_SIZE}px ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace}
.t .b{font-weight:bold}${COLOURS.light}.t .d{fill:#566577}.t .p{fill:#17734a;font-weight:bold}
.t .n{font:13px system-ui,sans-serif;fill:#566577}
.page{fill:#ffffff;stroke:#b3c0ce}.bar{fill:#e9eef4;stroke:#b3c0ce}
@media(prefers-color-scheme:dark){
.t text{fill:#e8eef4}${COLOURS.dark}.t .d,.t .n{fill:#9fb0c0}.t .p{fill:#56c992}
.page{fill:#0f151c;stroke:#425467}.bar{fill:#1e2b38;stroke:#425467}}
@keyframes appear{from{visibility:hidden}}
.t .l{animation:appear 1ms backwards}
`;

/**
 * @param description what it shows, for those who do not see it.
 * @returns the SVG of the terminals.
 */
export function recordingSvg(terminals: readonly TerminalView[], description: string): string {
  const endMs = Math.max(...terminals.flatMap(({ lines }) => lines.map(({ atMs }) => atMs)));
  const parts: string[] = [];
  let top = 0;
  terminals.forEach((terminal, i) => {
    parts.push(terminalSvg(terminal, i, top));
    top += heightOf(terminal) + GAP;
  });
  const height = top - GAP;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="t" viewBox="0 0 ${WIDTH} ${height}"`,
    ` width="${WIDTH}" height="${height}" role="img" aria-labelledby="title desc">\n`,
    `<title id="title">A demo as it runs, in a terminal</title>\n`,
    `<desc id="desc">${escape(description)}</desc>\n`,
    `<style>${STYLE}${terminals.map((terminal, i) => scrollStyle(terminal, i, endMs)).join("")}`,
    `@media(prefers-reduced-motion:reduce){.t *{animation:none!important}}\n</style>\n`,
    ...parts,
    "</svg>\n",
  ].join("");
}

function heightOf({ rows }: TerminalView): number {
  return BAR + rows * LINE + MARGIN;
}

function terminalSvg(terminal: TerminalView, i: number, top: number): string {
  const { title, lines, rows } = terminal;
  const height = heightOf(terminal);
  const frame = `x="0.5" width="${WIDTH - 1}" rx="8"`;
  const hidden = Math.max(0, lines.length - rows) * LINE;
  const texts = lines.map((line, row) => {
    const y = BAR + LINE + row * LINE;
    return `<text class="l" x="${MARGIN}" y="${y}" xml:space="preserve" ` +
      `style="animation-delay:${Math.round(line.atMs)}ms">${lineSvg(line)}</text>\n`;
  });
  return [
    `<g transform="translate(0 ${top})">\n`,
    `<rect class="page" y="0.5" height="${height - 1}" ${frame}/>\n`,
    `<rect class="bar" y="0.5" height="${BAR - 8}" ${frame}/>\n`,
    `<text class="n" x="${MARGIN}" y="18">${escape(title)}</text>\n`,
    `<clipPath id="clip${i}"><rect y="${BAR}" width="${WIDTH}" height="${rows * LINE + 6}"/>`,
    `</clipPath>\n<g clip-path="url(#clip${i})"><g class="s${i}"`,
    ` transform="translate(0 ${-hidden})">\n`,
    ...texts,
    "</g></g>\n</g>\n",
  ].join("");
}

/** The steps in which a terminal scrolls, one for each line that has no room left. */
function scrollStyle({ lines, rows }: TerminalView, i: number, endMs: number): string {
  const steps = new Map([["0", 0]]);
  lines.slice(rows).forEach(({ atMs }, extra) => {
    steps.set((atMs / endMs * 100).toFixed(3), -(extra + 1) * LINE);
  });
  if (steps.size === 1) return "";
  const frames = Array.from(steps, ([at, y]) => `${at}%{transform:translateY(${y}px)}`);
  return `@keyframes scroll${i}{${frames.join("")}}\n` +
    `.s${i}{animation:scroll${i} ${Math.round(endMs)}ms step-end}\n`;
}

function lineSvg({ spans }: TerminalLine): string {
  return spans.map(spanSvg).join("");
}

function spanSvg({ text, bold, dim, colour }: Span): string {
  if (text.startsWith("$ ")) return `<tspan class="p">$</tspan>${escape(text.slice(1))}`;
  const look = `${bold ? "b" : dim ? "d" : ""} ${colour ?? ""}`.trim();
  return look === "" ? escape(text) : `<tspan class="${look}">${escape(text)}</tspan>`;
}

function escape(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

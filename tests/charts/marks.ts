/** How lines are told apart: a colour each, and a mark each for people who see few colours. */

/** The palette of Okabe and Ito without yellow, and a grey: readable on white. */
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#555555"];
/** Around 0,0 and 8 units wide: circle, square, triangle, diamond; from the fifth on they are hollow. */
const SHAPES = [
  "M-4,0a4,4 0 1 0 8,0a4,4 0 1 0 -8,0z",
  "M-3.5,-3.5h7v7h-7z",
  "M0,-4.5L4.5,3.5H-4.5z",
  "M0,-5L5,0L0,5L-5,0z",
];

/** The colour of the line that has this number, from 0. */
export function colourOf(line: number): string {
  return COLOURS[line % COLOURS.length];
}

/** Its mark, at a place in the picture; an element of SVG. */
export function markAt(line: number, x: number, y: number): string {
  const number = line % COLOURS.length;
  const fill = number < SHAPES.length ? COLOURS[number] : "#fff";
  return `<path transform="translate(${round(x)},${round(y)})" d="${
    SHAPES[number % SHAPES.length]
  }" fill="${fill}" stroke="${COLOURS[number]}" stroke-width="1.5"/>`;
}

/** A tenth of a pixel is enough. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

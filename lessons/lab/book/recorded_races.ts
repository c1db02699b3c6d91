/** The races of the book: the same work for all models, recorded once. */
import { stripAnsiCode } from "@std/fmt/colors";
import type { Lesson } from "../../catalogue.ts";
import { CELLS, drawRace } from "../race/race_text.ts";
import { race, type Racer } from "../race/racer.ts";
import type { ShownRacer } from "../race/shown.ts";
import { shownRacer } from "../race/shown_racer.ts";
import type { Mix } from "../race/workload.ts";
import { escaped } from "../text/escaped.ts";
import { type OnRun, PAPER_COLUMNS } from "./recorded.ts";

/** What waits, what computes, and short requests between long ones. */
const RACES: readonly { readonly words: string; readonly mix: Mix }[] = [
  { words: "8 × SLEEP 150", mix: { clients: 8, lines: ["SLEEP 150"], times: 1 } },
  { words: "8 × FIB 32", mix: { clients: 8, lines: ["FIB 32"], times: 1 } },
  { words: "16 × SLEEP 60; PING", mix: { clients: 16, lines: ["SLEEP 60", "PING"], times: 2 } },
];

/** A race that was run. */
export interface RecordedRace {
  /** What was asked for. */
  readonly words: string;
  readonly racers: readonly ShownRacer[];
  /** The same as text, a line each. */
  readonly lines: readonly string[];
}

/** Runs them, one server at a time. Throws `ServerFailed`. */
export async function recordRaces(
  lessons: readonly Lesson[],
  onRun: OnRun,
): Promise<RecordedRace[]> {
  const recorded: RecordedRace[] = [];
  for (const { words, mix } of RACES) {
    const racers: Racer[] = [];
    for (const lesson of lessons) racers.push(await race({ lesson }, mix, onRun));
    const lines = drawRace(racers, PAPER_COLUMNS).map(stripAnsiCode);
    recorded.push({ words, racers: racers.map(shownRacer), lines });
  }
  return recorded;
}

/** All of them, one below the other, for paper, and for whoever has no script. */
export function racesHtml(races: readonly RecordedRace[]): string {
  const each = races.map(({ words, lines }) =>
    `<section><h2>${escaped(words)}</h2>\n<pre>${escaped(lines.join("\n"))}</pre></section>`
  ).join("\n");
  return `<article class="wide paper">\n<h1>The race</h1>\n<p>The same work for one server after the
other. ${CELLS}</p>\n${each}</article>`;
}

/**
 * What somebody answered, as lines of `.progress`: a line for each game and lesson.
 *
 *   quiz     lesson=3  right=9/12  missed=recv-q,who-waits
 *   predict  lesson=3  right=2/3  off=last-of-eight:8.01:1.02,threads-of-idle:7.00
 *
 * `missed` are the ids of the questions that are asked again first; a question leaves it by being
 * answered right. `off` has for each prediction by which factor the first number missed what was
 * measured then, and the last one, when there was more than one.
 */
import { fieldsOf, HEADER, progressLines } from "./progress_lines.ts";

/** The games that are remembered. */
export const GAMES = ["quiz", "predict", "fault"] as const;
/** A game, by the name of its task. */
export type Game = typeof GAMES[number];

/** By which factor predictions of one number missed: the first, and the last of several. */
export interface Off {
  readonly first: number;
  readonly last?: number;
}

/** How somebody stands in a game on one lesson. */
export interface Score {
  readonly game: Game;
  readonly lesson: number;
  /** So many answers were right, of so many. */
  readonly right: number;
  readonly asked: number;
  /** The ids of the questions to ask again first. */
  readonly missed: readonly string[];
  /** By the ids of predictions. */
  readonly off: ReadonlyMap<string, Off>;
}

/** An answer to one question. */
export interface Answer {
  readonly game: Game;
  readonly lesson: number;
  readonly id: string;
  readonly right: boolean;
  /** Of a prediction: by which factor it missed. */
  readonly off?: number;
}

/** The scores in the text of `.progress`. Throws `ProgressError` for a file of a newer format. */
export function scoresIn(text: string): Score[] {
  return progressLines(text).flatMap((line) => scoreOf(line) ?? []);
}

/** The score in a game on a lesson. Throws `ProgressError`. */
export function scoreIn(text: string, game: Game, lesson: number): Score | undefined {
  return scoresIn(text).findLast((one) => one.game === game && one.lesson === lesson);
}

/** The ids that were missed in a game on a lesson. Throws `ProgressError`. */
export function missedIn(text: string, game: Game, lesson: number): readonly string[] {
  return scoreIn(text, game, lesson)?.missed ?? [];
}

/** The file's text with one more answer in it; all other lines stay as they are. */
export function withAnswer(text: string, answer: Answer): string {
  const { game, lesson, id, right } = answer;
  const lines = progressLines(text);
  if (lines[0] !== HEADER) lines.unshift(HEADER);
  const isIts = (line: string) => {
    const score = scoreOf(line);
    return score?.game === game && score.lesson === lesson;
  };
  const at = lines.findLastIndex(isIts);
  const before = scoreOf(lines[at] ?? "");
  const others = (before?.missed ?? []).filter((one) => one !== id);
  const missed = right ? others : [...others, id];
  const counted = `${(before?.right ?? 0) + (right ? 1 : 0)}/${(before?.asked ?? 0) + 1}`;
  // A field without a value would be a damaged line.
  const again = missed.length === 0 ? "" : `  missed=${missed.join(",")}`;
  const off = offText(before?.off ?? new Map(), answer);
  const line = `${game}  lesson=${lesson}  right=${counted}${again}${off}`;
  if (at === -1) lines.push(line);
  else lines[at] = line;
  return lines.join("\n") + "\n";
}

function offText(before: ReadonlyMap<string, Off>, { id, off }: Answer): string {
  const all = new Map(before);
  const first = before.get(id)?.first;
  if (off !== undefined) all.set(id, first === undefined ? { first: off } : { first, last: off });
  if (all.size === 0) return "";
  const words = [...all].map(([id, { first, last }]) =>
    [id, first.toFixed(2), ...last === undefined ? [] : [last.toFixed(2)]].join(":")
  );
  return `  off=${words.join(",")}`;
}

function scoreOf(line: string): Score | undefined {
  const game = GAMES.find((game) => line.startsWith(`${game} `));
  const fields = new Map(fieldsOf(line));
  const [, right, asked] = /^(\d+)\/(\d+)$/.exec(fields.get("right") ?? "") ?? [];
  const lesson = fields.get("lesson") ?? "";
  if (game === undefined || right === undefined || !/^\d+$/.test(lesson)) return undefined;
  const missed = (fields.get("missed") ?? "").split(",").filter((id) => id !== "");
  const off = offIn(fields.get("off") ?? "");
  return { game, lesson: Number(lesson), right: Number(right), asked: Number(asked), missed, off };
}

function offIn(field: string): Map<string, Off> {
  const all = field.matchAll(/(?:^|,)([\w-]+):(\d+(?:\.\d+)?)(?::(\d+(?:\.\d+)?))?/g);
  return new Map(Array.from(all, ([, id, first, last]) => [
    id,
    { first: Number(first), ...last === undefined ? {} : { last: Number(last) } },
  ]));
}

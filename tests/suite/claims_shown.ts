/** The lessons' claims as they are tried: a lesson is shown when all of its claims have a verdict. */
import { bold, green, red, yellow } from "@std/fmt/colors";
import { lessonOf, NUMBERS } from "../../lessons/catalogue.ts";
import type { EndedTest } from "./test_lines.ts";

const COLUMNS = 80;
const VERDICTS = {
  ok: { word: "holds  ", paint: green },
  FAILED: { word: "FAILS  ", paint: red },
  ignored: { word: "skipped", paint: yellow },
} as const;

/** Collects verdicts, in whatever order they come, and shows the lessons in theirs. */
export class ClaimsShown {
  readonly #verdicts = new Map<string, EndedTest>();
  #shown = 0;

  /** @param ids the claims of each lesson, by its number. */
  constructor(readonly ids: ReadonlyMap<number, readonly string[]>) {}

  /** How many claims have been tried, and how many there are. */
  get count(): string {
    const all = Array.from(this.ids.values()).flat();
    return `${this.#verdicts.size} of ${all.length}`;
  }

  /** How many came out so. */
  countOf(result: EndedTest["result"]): number {
    return Array.from(this.#verdicts.values()).filter((test) => test.result === result).length;
  }

  /** Takes a test's end. Returns false when it is no claim's. */
  take(test: EndedTest): boolean {
    const id = /^\d+\.[PCR]\d+(?= )/.exec(test.name)?.[0];
    if (id === undefined) return false;
    this.#verdicts.set(id, test);
    return true;
  }

  /** The lines of the lessons that can be shown now, and were not yet. */
  next(): string {
    let lines = "";
    for (; this.#shown < NUMBERS.length; this.#shown++) {
      const number = NUMBERS[this.#shown];
      const ids = this.ids.get(number) ?? [];
      if (!ids.every((id) => this.#verdicts.has(id))) break;
      lines += this.#lesson(number, ids);
    }
    return lines;
  }

  /** The lines of all that was seen and not shown: of a run that did not come to its end. */
  rest(): string {
    const left = NUMBERS.slice(this.#shown);
    this.#shown = NUMBERS.length;
    return left.map((number) => this.#lesson(number, this.ids.get(number) ?? [])).join("");
  }

  #lesson(number: number, ids: readonly string[]): string {
    const tests = ids.flatMap((id) => this.#verdicts.get(id) ?? []);
    if (tests.length === 0) return "";
    const rows = tests.map(({ name, result }) => {
      const room = COLUMNS - "  holds  ".length - 1;
      const text = name.length > room ? name.slice(0, room - 1) + "…" : name;
      const { word, paint } = VERDICTS[result];
      return `  ${paint(word)} ${text}\n`;
    });
    return `${bold(`Lesson ${number}, ${lessonOf(number).name}`)}\n${rows.join("")}`;
  }
}

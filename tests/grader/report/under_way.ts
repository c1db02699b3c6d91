/**
 * What is going on while a grading runs. On a terminal one line, which goes: the report is to be all
 * that one sees. Elsewhere, such as in a log, a line for each claim.
 */
import { dim } from "@std/fmt/colors";
import { type Output, print } from "../../../lessons/tools/screen.ts";
import type { Claim } from "../experiment/claims.ts";
import { measuredText, shortenedTo } from "./lines.ts";
import type { ClaimResult } from "./result.ts";

const COLUMNS = 80;
/** Back to the start of the line, and clears it. */
const CLEAR_LINE = "\r\x1b[2K";

/** The progress of one grading. */
export class Progress {
  readonly #out: Output;
  readonly #total: number;
  readonly #terminal: boolean;
  readonly #underWay = new Set<string>();
  #done = 0;

  /** @param total claims that will be graded. */
  constructor(out: Output, total: number) {
    this.#out = out;
    this.#total = total;
    this.#terminal = out.isTerminal();
  }

  /** A claim's experiment begins. */
  start = ({ id }: Claim): void => {
    this.#underWay.add(id);
    this.#status();
  };

  /** A claim is graded. */
  claim = (row: ClaimResult): void => {
    this.#done++;
    this.#underWay.delete(row.id);
    // Of a server that does not start one line is enough: the report has it.
    if (row.tries > 0 && !this.#terminal) {
      const head = `${`${this.#done}`.padStart(3)}/${this.#total}  ${row.id}  ${row.status}  `;
      const text = shortenedTo(COLUMNS - head.length, measuredText(row));
      print(`${head}${dim(text)}\n`, this.#out);
    }
    this.#status();
  };

  /** Takes the status line away. */
  end(): void {
    if (this.#terminal) print(CLEAR_LINE, this.#out);
  }

  #status(): void {
    if (!this.#terminal) return;
    const names = [...this.#underWay].join(", ");
    const status = names === "" ? "" : `${this.#done} of ${this.#total} done; trying ${names} …`;
    print(CLEAR_LINE + dim(status), this.#out);
  }
}

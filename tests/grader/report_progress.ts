/** What is going on while a grading runs: a line for each claim, and on a terminal what is under way. */
import { dim } from "@std/fmt/colors";
import { type Output, print } from "../../lessons/tools/screen.ts";
import type { Claim } from "./claims.ts";
import { measuredText } from "./report_lines.ts";
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
    if (row.tries > 0) {
      const head = `${`${this.#done}`.padStart(3)}/${this.#total}  ${row.id}  ${row.status}  `;
      const seen = measuredText(row);
      const room = COLUMNS - head.length;
      const text = seen.length <= room ? seen : `${seen.slice(0, room - 1)}…`;
      print(`${this.#terminal ? CLEAR_LINE : ""}${head}${dim(text)}\n`, this.#out);
    }
    this.#status();
  };

  /** Takes the status line away. */
  end(): void {
    if (this.#terminal) print(CLEAR_LINE, this.#out);
  }

  #status(): void {
    if (!this.#terminal) return;
    const status = this.#underWay.size === 0 ? "" : `running ${[...this.#underWay].join(", ")} …`;
    print(CLEAR_LINE + dim(status), this.#out);
  }
}

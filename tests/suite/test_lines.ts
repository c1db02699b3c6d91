/** Reads what `deno test` writes for a person, a line at a time: one test after the other. */
import { stripAnsiCode } from "@std/fmt/colors";

/** A test that has ended. */
export interface EndedTest {
  readonly name: string;
  readonly result: "ok" | "FAILED" | "ignored";
  /** As Deno writes it: `808ms`. */
  readonly time: string;
  /** What it wrote, or another that ran beside it. */
  readonly output: readonly string[];
}

const OUTPUT_BEGINS = "------- output -------";
const OUTPUT_ENDS = "----- output end -----";
/** `./tests/client_test.ts => the name ... ok (12ms)`; the file only where files run side by side. */
const TEST = /^(?:\.\/\S+ => ?)?(.+?) \.\.\. (ok|FAILED|ignored)(?: \(due to .*?\))? \((\S+)\)$/;
/** From here on: the failures in full and the closing line, or what Ctrl-C interrupted. */
const TAIL = /^ (ERRORS|FAILURES) $|^(ok|FAILED) \| \d+ passed|^SIGINT /;

/** Reads the lines of one run. */
export class TestLines {
  #output: string[] = [];
  #inOutput = false;
  #inTail = false;

  /**
   * @param line as it came, with colours.
   * @returns a test that the line ends; a line of the tail as it came; or undefined.
   */
  read(line: string): EndedTest | string | undefined {
    const plain = stripAnsiCode(line);
    this.#inTail ||= !this.#inOutput && TAIL.test(plain);
    if (this.#inTail) return line;
    if (plain === OUTPUT_BEGINS) {
      this.#inOutput = true;
    } else if (this.#inOutput && plain.endsWith(OUTPUT_ENDS)) {
      this.#inOutput = false;
    } else if (this.#inOutput) {
      this.#output.push(line);
    } else {
      return this.#test(plain);
    }
  }

  #test(plain: string): EndedTest | undefined {
    const found = TEST.exec(plain);
    if (found === null) return undefined;
    const [, name, result, time] = found;
    return { name, result: result as EndedTest["result"], time, output: this.#output.splice(0) };
  }
}

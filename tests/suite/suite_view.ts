/** How a run of all tests is shown. */
import { print } from "../../lessons/tools/screen.ts";
import type { ClaimsShown } from "./claims_shown.ts";
import type { EndedTest } from "./test_lines.ts";

const TICK_MS = 1000;
const CLEAR_LINE = "\r\x1b[K";

/** What a run is shown by. */
export interface View {
  /** Takes a test that has ended. */
  test(test: EndedTest): void;
  /** The test lines are over; what follows is Deno's own. */
  end(): void;
}

/** All tests: the claims by their lessons, the others by their number, and the time so far. */
export class SuiteView implements View {
  readonly #startMs = Date.now();
  readonly #skipped: string[] = [];
  readonly #ticker: ReturnType<typeof setInterval> | undefined;
  readonly #counts = { ok: 0, FAILED: 0, ignored: 0 };

  constructor(readonly claims: ClaimsShown) {
    if (Deno.stdout.isTerminal()) this.#ticker = setInterval(() => this.#status(), TICK_MS);
  }

  test(test: EndedTest): void {
    if (!this.claims.take(test)) {
      this.#counts[test.result]++;
      if (test.result === "ignored") this.#skipped.push(test.name);
    }
    this.#show(this.claims.next());
    this.#status();
  }

  end(): void {
    clearInterval(this.#ticker);
    const { ok, FAILED, ignored } = this.#counts;
    this.#show(this.claims.rest());
    this.#show(`Other tests: ${ok} passed, ${FAILED} failed, ${ignored} skipped\n`);
    this.#show(this.#skipped.map((name) => `  skipped ${name}\n`).join(""));
  }

  #show(text: string): void {
    if (text === "") return;
    print((this.#ticker === undefined ? "" : CLEAR_LINE) + text);
  }

  /** The line that a terminal shows meanwhile. */
  #status(): void {
    if (this.#ticker === undefined) return;
    const seconds = Math.round((Date.now() - this.#startMs) / 1000);
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    const { ok, FAILED } = this.#counts;
    const failed = FAILED + this.claims.countOf("FAILED");
    print(
      `${CLEAR_LINE}${time} so far: ${this.claims.count} claims, ${ok + FAILED} other tests` +
        `${failed === 0 ? "" : `, ${failed} FAILED`}`,
    );
  }
}

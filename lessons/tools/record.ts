/**
 * Records the first scene of a demo as it runs, and draws it: `deno task record` writes
 * `lessons/recording.svg`, the picture in the README. Nothing in it is made up: every line is what
 * the program wrote, at the time at which it wrote it.
 *
 * It runs in a terminal of its own, made by `script` of util-linux, since programs show colours and
 * wait for a key in a terminal only. So this works on Linux; the picture is seen everywhere.
 */
import { recordingSvg } from "./recording_svg.ts";
import { rowsOf, type TerminalLine, TerminalText } from "./terminal_text.ts";

const DEMO = "deno task lesson4 --demo";
/** A terminal's width; `deno task` first repeats the command with its permissions, which is longer. */
const COLUMNS = 80;
const DESCRIPTION =
  `In a terminal ${DEMO} starts a server with three workers, to which six clients send SLEEP 150 at ` +
  "the same time. A lane for each thread and each client shows what it did: each worker is in " +
  "business for one client and then for another, and three clients wait until their turn comes.";
/** Ctrl-C, as a terminal sends it. */
const INTERRUPT = Uint8Array.of(3);
/** What is written to at the end, and nothing else. */
const PICTURE = new URL("../recording.svg", import.meta.url);

const started = performance.now();

/** A command in a terminal, and what it has written so far. */
class Terminal {
  readonly lines: TerminalLine[] = [];
  readonly ended: Promise<void>;
  readonly #child: Deno.ChildProcess;
  #wake = () => {};

  constructor(readonly command: string) {
    this.lines.push({ atMs: performance.now() - started, spans: [{ text: `$ ${command}` }] });
    this.#child = new Deno.Command("script", {
      args: [
        ...["--quiet", "--flush", "--command"],
        // What comes from no terminal has no width.
        `stty cols ${COLUMNS}; ${command}`,
        "/dev/null",
      ],
      env: { TERM: "xterm" },
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    this.ended = this.#collect();
  }

  async #collect(): Promise<void> {
    const text = new TerminalText();
    for await (const chunk of this.#child.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = text.add(chunk, performance.now() - started);
      this.lines.push(...lines.flatMap((line) => rowsOf(line, COLUMNS)));
      this.#wake();
    }
  }

  /** Waits for a line that matches. */
  async until(pattern: RegExp): Promise<void> {
    const ended = this.ended.then(() => "ended" as const);
    while (!this.lines.some((line) => pattern.test(textOf(line)))) {
      const woken = new Promise<void>((resolve) => this.#wake = resolve);
      if (await Promise.race([woken, ended]) !== "ended") continue;
      throw new Error(`${this.command} wrote:\n${this.lines.map(textOf).join("\n")}`);
    }
  }

  async interrupt(): Promise<void> {
    const keyboard = this.#child.stdin.getWriter();
    await keyboard.write(INTERRUPT);
    await this.ended;
    await keyboard.abort().catch(() => {});
  }
}

function textOf({ spans }: TerminalLine): string {
  return spans.map(({ text }) => text).join("");
}

const terminal = new Terminal(DEMO);
await terminal.until(/^The accept queue: /);
const seen = [...terminal.lines];
await terminal.interrupt();
const view = { title: "a terminal", lines: seen, rows: seen.length };
await Deno.writeTextFile(PICTURE, recordingSvg([view], DESCRIPTION));

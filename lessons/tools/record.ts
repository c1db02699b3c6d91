/**
 * Records lesson 3 and its client as they run, and draws them: `deno task record` writes
 * `lessons/recording.svg`, the picture in the README. Nothing in it is made up: every line is what
 * the programs wrote, at the time at which they wrote it.
 *
 * Each runs in a terminal of its own, made by `script` of util-linux, since programs show colours and
 * times to a terminal only. So this works on Linux; the picture is seen everywhere.
 */
import { recordingSvg } from "./recording_svg.ts";
import { type TerminalLine, TerminalText } from "./terminal_text.ts";

const SERVER = "deno task lesson3";
const CLIENT = "deno task client 3 --clients 3 SLEEP 1000";
/** Time to read what the server says first, before the client's turn. */
const READING_MS = 4000;
/** After the last reply: the server still writes that the clients have gone. */
const AFTERWARDS_MS = 300;
const DESCRIPTION =
  `In one terminal ${SERVER} says where it listens and what to try, then prints each event with ` +
  `its time, thread and connection. In another, ${CLIENT} sends three requests at the same time. ` +
  "One thread does them one after the other, so the replies come after 1, 2 and 3 seconds.";
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
      args: ["--quiet", "--flush", "--command", command, "/dev/null"],
      env: { TERM: "xterm" },
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    this.ended = this.#collect();
  }

  async #collect(): Promise<void> {
    const text = new TerminalText();
    for await (const chunk of this.#child.stdout.pipeThrough(new TextDecoderStream())) {
      this.lines.push(...text.add(chunk, performance.now() - started).filter(isOurs));
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

/** `deno task` first repeats the command line with its permissions: too wide for the picture. */
function isOurs(line: TerminalLine): boolean {
  return !textOf(line).startsWith("Task ");
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const server = new Terminal(SERVER);
await server.until(/ listen /);
await wait(READING_MS);
const client = new Terminal(CLIENT);
await client.ended;
await wait(AFTERWARDS_MS);
const seen = [...server.lines];
await server.interrupt();
const views = [
  { title: "one terminal", lines: seen, rows: 22 },
  { title: "another terminal", lines: client.lines, rows: client.lines.length },
];
await Deno.writeTextFile(PICTURE, recordingSvg(views, DESCRIPTION));

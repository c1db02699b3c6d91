/**
 * Does what a lesson's text tells the reader to do, in its order, and compares what comes.
 *
 * How a text is read: a block that begins with `deno task lessonN` starts a server, one that begins
 * with `deno task client N` a client. What follows as `text`, before any other command, is what the
 * client prints; without it, the client goes on in the background. A client with `--idle` stays to
 * the end. Where the prose before an output says 'Ctrl-C', the idle ones end there, and the output
 * must not come before. A `text` that begins with a time is a part of the server's trace.
 */
import { assertEquals } from "@std/assert";
import { lessonOf } from "../../lessons/catalogue.ts";
import { LessonServer, taskArguments } from "./lesson_process.ts";
import type { Block, LessonText } from "./lesson_text.ts";
import { comparable, isTrace, shellWords, tracePatterns } from "./lesson_text.ts";
import { Program } from "./program.ts";

/** So long a client that is held up is watched: its output must not come. */
const HELD_MS = 400;
/** What the server is to do, it has done by then, on a busy machine too. */
const WAIT_MS = 120_000, LOOK_EVERY_MS = 10;
/** A server lives as long as the reader follows a text. */
const HUNG_MS = 240_000;

/** A reader with several terminals. */
export class Reader {
  #server: LessonServer | undefined;
  readonly #idle: Program[] = [];
  readonly #background: Program[] = [];
  /** Connections made to this server, and those that are held idle. */
  #made = 0;
  #held = 0;

  constructor(readonly text: LessonText) {}

  /** @throws AssertionError where the text shows something else than what comes. */
  async follow(): Promise<void> {
    const blocks = this.text.blocks;
    try {
      for (const [i, { language, text }] of blocks.entries()) {
        const [deno, task, program, ...args] = shellWords(text);
        const isTask = language === "sh" && `${deno} ${task}` === "deno task";
        const output = blocks[i + 1]?.language === "text" ? blocks[i + 1] : undefined;
        if (isTask && program === "client") await this.#client(args, output);
        else if (isTask) await this.#start(args);
        else if (language === "text" && isTrace(text)) await this.#compareTrace(text);
      }
    } finally {
      await this.#stop();
    }
  }

  async #start(flags: string[]): Promise<void> {
    await this.#stop();
    const task = `lesson${this.text.lesson}` as "lesson1";
    const program = start(task, ["--port", "0", ...flags]);
    this.#server = await LessonServer.ready(program);
  }

  async #client([lesson, ...words]: string[], output: Block | undefined): Promise<void> {
    const { port } = this.#running();
    const { works, serial = false } = lessonOf(this.text.lesson);
    if (words.includes("INFO")) await this.#quiet();
    // A terminal shows times, a pipe does not.
    const args = [lesson, "--port", String(port), "--time", ...words];
    const client = start("client", args);
    const connections = Number(/--clients (\d+)/.exec(words.join(" "))?.[1] ?? 1);
    this.#made += connections;
    if (words.includes("--idle")) {
      this.#idle.push(client);
      this.#held += connections;
      await client.stdout.until(/\n/);
      assertEquals(client.stdout.text, output?.text);
    } else if (words.includes("--raw")) {
      // It says QUIT, so it ends.
      assertEquals((await client.ended).code, 0, words.join(" "));
    } else if (output === undefined) {
      this.#background.push(client);
      // Processes count their connections each for itself.
      const which = works === "process"
        ? ` start +${words.join(" ")}(,.*)?\n`
        : `#${this.#made} +read`;
      await this.#until("the request is read", (trace) => new RegExp(which).test(trace));
    } else {
      if (output.prose.includes("Ctrl-C")) await this.#endIdleBefore(client);
      const { stdout } = await client.ended;
      const expected = comparable(output.text, serial);
      assertEquals(comparable(stdout, serial), expected, words.join(" "));
    }
  }

  /** Ends the idle clients; the one that they hold up must not have had its reply. */
  async #endIdleBefore(client: Program): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, HELD_MS));
    assertEquals(client.stdout.text, "", "a reply came while an idle client was connected");
    await this.#endIdle();
  }

  async #endIdle(): Promise<void> {
    const programs = this.#idle.splice(0);
    for (const program of programs) program.signal("SIGTERM");
    await Promise.all(programs.map((program) => program.ended));
    this.#held = 0;
  }

  /** Waits until the server has closed every connection, and ended its thread, but for the held. */
  async #quiet(): Promise<void> {
    await Promise.all(this.#background.map((program) => program.ended));
    await this.#until("connections that nobody holds are closed", (trace) => {
      const count = (pattern: RegExp) => trace.match(pattern)?.length ?? 0;
      const open = count(/ accept +from/g) - count(/ close$/gm);
      const threads = count(/ thread-start$/gm) - count(/ thread-exit$/gm);
      return open === this.#held &&
        (lessonOf(this.text.lesson).works !== "thread" || threads === this.#held);
    });
  }

  /** Waits until the server's output is as it should be. */
  async #until(what: string, holds: (output: string) => boolean): Promise<void> {
    const { stdout } = this.#running().program;
    for (const endMs = Date.now() + WAIT_MS; !holds(stdout.text);) {
      if (Date.now() > endMs) throw new Error(`it is not so that ${what}: ${stdout.text}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  async #compareTrace(shown: string): Promise<void> {
    for (const pattern of tracePatterns(shown)) {
      await this.#until(`the trace has ${pattern}`, (trace) => pattern.test(trace));
    }
  }

  #running(): LessonServer {
    if (this.#server === undefined) throw new Error("the text starts a client before a server");
    return this.#server;
  }

  async #stop(): Promise<void> {
    await this.#endIdle();
    const ended = await this.#server?.stop();
    this.#server = undefined;
    await Promise.all(this.#background.splice(0).map((program) => program.ended));
    this.#made = 0;
    assertEquals(ended?.stderr ?? "", "", "what the server complained about");
  }
}

function start(task: "client" | "lesson1", args: string[]): Program {
  return Program.start(taskArguments(task, args), "null", HUNG_MS);
}

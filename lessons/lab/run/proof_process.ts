/** The grader's own experiment, as a program of its own that tells what it does. */
import { PROJECT } from "../../tools/task_arguments.ts";
import type { LabEvent } from "../lanes/events.ts";
import type { Proof } from "../lanes/proof.ts";
import { endChild } from "./child.ts";
import { eachLine } from "./lines.ts";

/** What is to be proved, and on which server. */
export interface ProofOptions {
  readonly claim: string;
  /** The lesson's model, one's own exercise, or a command with `{port}` in it. */
  readonly subject: "model" | "exercise" | { readonly command: string };
  readonly emit: (event: LabEvent) => void;
}

const GRADER = new URL("tests/grader/prove.ts", PROJECT);
/** It ends what it has started before it ends itself. */
const GRACE_MS = 5000;

/** An experiment under way. */
export class ProofProcess {
  readonly #child: Deno.ChildProcess;
  readonly #options: ProofOptions;
  /** Settles with the verdict; one that was stopped is inconclusive. */
  readonly verdict: Promise<Proof>;

  /** Starts it. */
  constructor(options: ProofOptions) {
    this.#options = options;
    const { claim, subject } = options;
    const whose = subject === "model" ? ["--reference"] : [];
    const command = typeof subject === "object" ? ["--command", subject.command] : [];
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "--no-check", "-A", GRADER.href, claim, ...whose, ...command],
      cwd: PROJECT,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.verdict = this.#tell();
  }

  /** Ends it, and what it has started. Safe to call twice. */
  async stop(): Promise<void> {
    await endChild(this.#child, this.verdict, GRACE_MS);
  }

  async #tell(): Promise<Proof> {
    const { claim } = this.#options;
    let proof: Proof | undefined, lastWords = "the grader ended without a verdict";
    const words = eachLine(this.#child.stderr, (line) => lastWords = line.trim() || lastWords);
    const events = eachLine(this.#child.stdout, (line) => {
      const told = JSON.parse(line);
      if (told.source !== "verdict") this.#options.emit(told);
      else proof = { ...told, claim };
    });
    await Promise.all([words, events, this.#child.status]);
    return proof ?? { claim, status: "inconclusive", measured: lastWords, hint: "" };
  }
}

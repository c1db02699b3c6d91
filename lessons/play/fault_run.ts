/** A run of 'Find the fault': one drives a broken server, looks, and names a claim that it breaks. */
import { bold, dim, green, red, yellow } from "@std/fmt/colors";
import { folderOf, type Lesson } from "../catalogue.ts";
import type { Lanes } from "../lab/lanes/lanes.ts";
import type { Proof } from "../lab/lanes/proof.ts";
import { claimsIn } from "../lab/scenes/claims.ts";
import { type Act, flagsFor } from "../lab/scenes/scene.ts";
import { drawLanes, legend } from "../lab/screen/draw.ts";
import { columnsOfOutput } from "../lab/screen/width.ts";
import { wrap } from "../lab/screen/wrap.ts";
import { shortened } from "../tools/flags.ts";
import { print } from "../tools/screen.ts";
import { PROJECT } from "../tools/task_arguments.ts";
import { TASK } from "../tools/typed.ts";
import { type Ask, say } from "./asking.ts";
import { brokenSource, linesOfPlace, pathOfBroken } from "./faults/broken_server.ts";
import { type Fault, sceneOfFault } from "./faults/fault.ts";
import { judge } from "./faults/guess.ts";
import { DRIVING_HELP, typedActs } from "./faults/typed_acts.ts";

/** What a run needs. */
export interface FaultRun {
  readonly lesson: Lesson;
  /** By which the server was drawn; undefined: it was missed before. */
  readonly seed?: number;
  /** The server under one's hands; a `Hunt` is one. */
  readonly hunt: {
    readonly fault: Fault;
    readonly lanes: Lanes | undefined;
    scene(): Promise<string | undefined>;
    act(acts: readonly Act[]): Promise<string[]>;
    prove(claim: string): Promise<Proof>;
  };
  readonly ask: Ask;
  /** Remembers whether the first guess was right. */
  readonly record: (right: boolean) => Promise<void>;
}

const HELP = [
  "scene             play a scene in which the fault shows, on a new server",
  ...DRIVING_HELP,
  "lanes             what happened so far        claims   the list again",
  "give up           what it was",
];
const VERDICTS = {
  fail: "refuted",
  pass: "proved",
  inconclusive: "it cannot be told",
  running: "",
};

/** Plays until the fault is found or given up, or the input ends. */
export async function runFault(run: FaultRun): Promise<void> {
  const { lesson, seed, hunt, ask, record } = run;
  print(`${bold(`Find the fault in a server of lesson ${lesson.number}: ${lesson.title}`)}\n`);
  print(dim(seed === undefined ? "You missed it before.\n" : `seed ${seed}\n`));
  const claims = claimsIn(
    await Deno.readTextFile(new URL(`${folderOf(lesson)}/README.md`, PROJECT)),
  );
  const flags = flagsFor(sceneOfFault(hunt.fault)).join(" ");
  say(
    `${flags && `It was started with ${flags}. `}It is wrong in one way, and so breaks at least ` +
      "one of these claims:",
  );
  showClaims(claims);
  print(`\nDrive it, look, and type the claim, such as ${[...claims.keys()][0]}.\n`);
  print(`${HELP.map((line) => `  ${line}\n`).join("")}`);
  for (let guesses = 0;;) {
    const typed = await ask("> ");
    if (typed === undefined) return print("It was not found. The same again: " + again(run));
    const claim = typed.toUpperCase();
    if (typed === "give up") {
      if (guesses === 0) await record(false);
      return showSource(hunt.fault);
    }
    if (!claims.has(claim)) await drive(typed, run, claims);
    else {
      const { right, words } = judge(hunt.fault, claim);
      say(`${right ? green("Found.") : red("Not found.")} ${words}`);
      if (guesses++ === 0) await record(right);
      if (right) return await confirm(run, claim);
    }
  }
}

function again({ lesson, seed }: FaultRun): string {
  const which = seed === undefined ? "" : ` --seed ${seed}`;
  return `${TASK} fault ${lesson.number}${which}\n`;
}

/** Does a line that is no guess. */
async function drive(
  typed: string,
  { hunt }: FaultRun,
  claims: ReadonlyMap<string, string>,
): Promise<void> {
  if (typed === "claims") return showClaims(claims);
  if (typed === "scene") {
    print(dim("The scene is played on the server …\n"));
    const trouble = await hunt.scene();
    showLanes(hunt.lanes);
    if (trouble !== undefined) say(trouble);
    return;
  }
  if (typed === "lanes") return showLanes(hunt.lanes);
  const acts = typedActs(typed);
  if (acts !== undefined) return print((await hunt.act(acts)).map((one) => `${one}\n`).join(""));
  print(`'${shortened(typed)}' is no claim and nothing to do:\n`);
  print(HELP.map((line) => `  ${line}\n`).join(""));
}

function showClaims(claims: ReadonlyMap<string, string>): void {
  const columns = columnsOfOutput();
  for (const [id, sentence] of claims) {
    print(`${wrap(`${id}  ${sentence}`, columns, "  ").join("\n")}\n`);
  }
}

function showLanes(lanes: Lanes | undefined): void {
  if (lanes === undefined || lanes.clients.length === 0) {
    return print("Nobody has connected yet.\n");
  }
  const columns = columnsOfOutput();
  print(`${[...drawLanes(lanes, columns), ...legend(columns).map(dim)].join("\n")}\n`);
}

/** The grader says whether it is so; then the source is shown. */
async function confirm({ hunt }: FaultRun, claim: string): Promise<void> {
  print(dim(`The grader's own experiment for ${claim} …\n`));
  const { status, measured } = await hunt.prove(claim);
  say(`${claim} ${VERDICTS[status]}: ${measured}`);
  if (status !== "fail") {
    say("The machine may be too busy: the file says that it loses this claim.");
  }
  showSource(hunt.fault);
}

/** The file, with a mark on the lines that make the fault. */
function showSource({ file, place }: Fault): void {
  const { text } = brokenSource(file);
  const [first, end] = linesOfPlace(text, place);
  print(`\n${bold(pathOfBroken(file))}\n`);
  for (const [at, line] of text.trimEnd().split("\n").entries()) {
    const isIt = at >= first && at < end;
    print(isIt ? `${yellow(`> ${line}`)}\n` : `  ${line}\n`);
  }
}

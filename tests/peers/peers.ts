/**
 * `deno task peers`: the models beside other servers and pools, in one run; with `--reach`, beside what
 * they are to reach. Tables on standard output, what is being done on standard error.
 */
import { printPages } from "../../lessons/tools/pages.ts";
import { complain, print } from "../../lessons/tools/screen.ts";
import { machineText, thisMachine, warningOf } from "../compare/machine.ts";
import { wrapped } from "../compare/page.ts";
import { runMain } from "../grader/grading/run_main.ts";
import { typedIn } from "../grader/grading/typed_in.ts";
import { checkWritable, writeWhole } from "../grader/report/files.ts";
import { spreadOf } from "../load/points.ts";
import { Builder } from "../servers/other_languages/build.ts";
import { helpText, parsePeersArguments, type PeersRequest, PROGRAM } from "./arguments.ts";
import { REACH } from "./reach.ts";
import { peers } from "./servers.ts";
import { sideBySide } from "./side_by_side.ts";
import { peersText, type Reached, reachText } from "./tables.ts";
import { POOLS } from "./trips/pools.ts";

/** The format, which changes when the fields do. */
const SCHEMA = "connfd/peers/v1";

function progress(text: string): void {
  print(`${text}\n`, Deno.stderr);
}

/** Measures the chosen rows, one after the other. */
async function measureReach({ only, ...effort }: PeersRequest) {
  const rows: Reached[] = [], missing: string[] = [];
  for (const { measure, ...row } of REACH) {
    if (only !== undefined && !only.includes(row.id)) continue;
    progress(row.what);
    try {
      rows.push({ ...row, measured: spreadOf(await measure(effort)) });
    } catch (error) {
      rows.push(row);
      missing.push(`${row.what}: ${(error as Error).message}.`);
    }
  }
  return { rows, missing };
}

/** @returns what is printed, what is written as JSON, and whether all was measured. */
async function measured(request: PeersRequest) {
  if (request.reach) {
    const found = await measureReach(request);
    return { text: reachText(found.rows, found.missing), found };
  }
  await using builder = new Builder("-O2");
  const chosen = (id: string) => request.only?.includes(id) ?? true;
  const found = await sideBySide(peers(builder), chosen, request, progress);
  return { text: peersText(found), found };
}

/** Runs the command line. Returns the exit code. */
async function main(): Promise<number> {
  const choices = { peers: [...await peerIds(), ...POOLS], reach: REACH.map(({ id }) => id) };
  const request = parsePeersArguments(Deno.args, typedIn(), choices);
  if (request === "help") {
    await printPages(helpText(choices));
    return 0;
  }
  const { json } = request;
  if (json !== undefined) checkWritable([{ format: "json", path: json }]);
  const date = new Date().toISOString();
  const machine = await thisMachine();
  const warning = warningOf(machine);
  if (warning !== undefined) complain(warning);
  const { text, found } = await measured(request);
  print(`${wrapped(machineText(machine))}\n${text}`);
  const { rounds, seconds } = request;
  const command = [PROGRAM, ...Deno.args].join(" ");
  const whole = { schema: SCHEMA, date, command, machine, rounds, seconds, ...found };
  if (json !== undefined) await writeWhole(json, JSON.stringify(whole, null, 2) + "\n");
  return found.missing.length === 0 ? 0 : 1;
}

/** The names of the servers; nothing is compiled for that. */
async function peerIds(): Promise<string[]> {
  await using builder = new Builder();
  return peers(builder).map(({ id }) => id);
}

await runMain(import.meta, main);

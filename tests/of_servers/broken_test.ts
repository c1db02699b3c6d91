/**
 * The grader graded: every server in `broken/` is wrong in one way, and loses the claims that its
 * header names, for the reason that stands there, and no other.
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { lessonOf, startsProcesses } from "../../lessons/catalogue.ts";
import { failureText } from "../grader/experiment/try_claim.ts";
import { LESSONS } from "../grader/grading/lessons.ts";
import { type Tried, tryAll } from "../of_grader/try_all.ts";
import { procExists } from "../grader/server/proc.ts";
import type { Target } from "../grader/server/target.ts";
import { Builder, missingTool } from "../servers/other_languages/build.ts";

const FOLDER = new URL("../servers/broken/", import.meta.url);
/** A file of broken/ that is a server: `3_polls.py` pretends to be lesson 3. */
const SERVER = /^(\d)_\w+\.(ts|c|py)$/;
/** What a header says about one claim: its id, and what the verdict says, as a pattern. */
const LOSES = /^[ *#]*Loses (\d\.[PCR]\d): (.+)$/gm;
const FEWEST = 22;

const files = Array.from(Deno.readDirSync(FOLDER), ({ name }) => name)
  .filter((name) => SERVER.test(name)).sort();

/** By claim, what the verdict has to say. */
function expectedOf(file: string): Map<string, RegExp> {
  const text = Deno.readTextFileSync(new URL(file, FOLDER));
  return new Map(Array.from(text.matchAll(LOSES), ([, id, why]) => [id, new RegExp(why)]));
}

function check(file: string, tried: readonly Tried[]): void {
  const expected = expectedOf(file);
  const lost = tried.filter(({ verdict }) => verdict.status !== "pass");
  const story = lost.map(({ claim, verdict }) => `${claim.id} ${failureText(verdict)}`).join("\n");
  assertEquals(lost.map(({ claim }) => claim.id), [...expected.keys()], `${file} lost:\n${story}`);
  for (const { claim, verdict } of lost) {
    assertEquals(verdict.status, "fail", `${file}, ${claim.id}: ${failureText(verdict)}`);
    assertMatch(verdict.measured, expected.get(claim.id)!, `${file}, ${claim.id}`);
  }
}

async function targetOf(file: string, builder: Builder): Promise<Target> {
  const url = new URL(file, FOLDER);
  const name = `tests/servers/broken/${file}`;
  if (!file.endsWith(".ts")) return { kind: "command", name, command: await builder.command(url) };
  const reads = [new URL("../../models/", import.meta.url), FOLDER].map(({ href }) => href);
  const processes = startsProcesses(lessonOf(Number(file[0]))) ? "trusted" : undefined;
  return { kind: "file", name, url: url.href, reads, processes };
}

Deno.test(`there are at least ${FEWEST} broken servers, and each names what it loses`, () => {
  assert(files.length >= FEWEST, `there are ${files.length}`);
  for (const file of files) {
    const ids = [...expectedOf(file).keys()];
    assert(ids.length > 0, `${file} names no claim`);
    assertEquals(ids.filter((id) => !id.startsWith(file[0])), [], `${file} names other lessons`);
  }
});

for (const claims of LESSONS) {
  const ours = files.filter((file) => file.startsWith(`${claims.lesson}_`));
  if (ours.length === 0) continue;
  const ran = ours.filter((file) => missingTool(file) === undefined);
  const title = `lesson ${claims.lesson}: each of ${ran.length} broken servers loses what it names`;
  const skipped = procExists ? "" : " (skipped: needs Linux's /proc)";
  Deno.test({ name: title + skipped, ignore: !procExists }, async (t) => {
    await using builder = new Builder();
    const targets = await Promise.all(ran.map((file) => targetOf(file, builder)));
    const results = await tryAll(targets.map((target) => ({ claims, target })));
    for (const file of ours) {
      const missing = missingTool(file);
      const name = missing === undefined ? file : `${file} (skipped: ${missing} is not installed)`;
      const ignore = missing !== undefined;
      await t.step({ name, ignore, fn: () => check(file, results[ran.indexOf(file)]) });
    }
  });
}

/**
 * 'Find the fault': every broken server is in the game or left out, and the scene of each that is in it
 * shows what is said of it: the right thing on the model, the fault on the broken server.
 *
 * A few are drawn, by a seed that is printed: `FAULT_SEED=7` draws them again. `deno task test:faults`
 * plays them all.
 */
import { assert, assertEquals } from "@std/assert";
import { lessonOf, LESSONS } from "../../lessons/catalogue.ts";
import { play } from "../../lessons/lab/run/play.ts";
import { NeverCame, Run } from "../../lessons/lab/run/run.ts";
import { flagsFor } from "../../lessons/lab/scenes/scene.ts";
import { brokenFiles, brokenSource, startBroken } from "../../lessons/play/faults/broken_server.ts";
import { type Fault, type Look, sceneOfFault } from "../../lessons/play/faults/fault.ts";
import { FAULTS, LEFT_OUT, looksLike } from "../../lessons/play/faults/faults.ts";
import { drawFault, judge, lessonOfFault, nameOf } from "../../lessons/play/faults/guess.ts";
import { LESSONS as CLAIMS } from "../grader/grading/lessons.ts";
import { procExists } from "../grader/server/proc.ts";
import { missingTool } from "../servers/other_languages/build.ts";

const ALL = [...FAULTS.values()].flat();
/** What is not seen at once is seen when all takes longer, and what never comes is waited for longer. */
const PACES = [
  { slowness: 1, patienceMs: 6000 },
  { slowness: 4, patienceMs: 15_000 },
  { slowness: 10, patienceMs: 40_000 },
];
/** So many are drawn. */
const DRAWN = 2;
const SEED = Number(Deno.env.get("FAULT_SEED") ?? Math.floor(Math.random() * 10_000));

Deno.test("faults: each broken server is in the game, or left out with a reason", () => {
  const listed = [...ALL, ...LEFT_OUT].map(({ file }) => file).sort();
  assertEquals(listed, brokenFiles());
  for (const { why } of LEFT_OUT) assert(why.length > 40, why);
});

Deno.test("faults: each is of its lesson, breaks what it says, and has its place in the source", () => {
  for (const [lesson, faults] of FAULTS) {
    for (const fault of faults) {
      const { file, claim, place, right, here } = fault;
      const { text, loses, wrong } = brokenSource(file);
      assertEquals(lessonOfFault(fault), lesson, file);
      assert(loses.includes(claim), `${file} does not lose ${claim}`);
      assertEquals(text.split(place).length, 2, `${file}: ${place}`);
      for (const words of [wrong, right, here]) {
        assert(/^\S.*\S[.?]$/.test(words), `${file}: ${words}`);
      }
    }
  }
});

Deno.test("faults: of every claim it is said what its breach looks like, and a wrong guess hears it", () => {
  for (const { lesson, claims } of CLAIMS) {
    for (const { id } of claims) {
      const look = looksLike(id);
      assert(look !== undefined, `nothing is said of ${id}`);
      for (const fault of FAULTS.get(lesson) ?? []) {
        const { right, words } = judge(fault, id);
        assertEquals(right, brokenSource(fault.file).loses.includes(id), `${fault.file}, ${id}`);
        assert(words.includes(right ? fault.here : look), words);
      }
    }
  }
});

Deno.test("faults: a seed draws one of the lesson, each can be drawn, and what was missed comes first", () => {
  for (const { number } of LESSONS) {
    const drawn = Array.from({ length: 400 }, (_, seed) => drawFault(seed, number));
    assertEquals(new Set(drawn), new Set(FAULTS.get(number)));
    assertEquals(drawFault(7, number), drawFault(7, number));
    const [, second] = FAULTS.get(number) ?? [];
    assertEquals(drawFault(7, number, [nameOf(second)]), second);
  }
  assertEquals(
    new Set(Array.from({ length: 3000 }, (_, seed) => drawFault(seed))).size,
    ALL.length,
  );
});

/** What the lanes of the scene show, on the model or on the broken server. */
async function lookAt(fault: Fault, on: "model" | "broken", pace: typeof PACES[0]): Promise<Look> {
  const run = new Run();
  const scene = sceneOfFault(fault);
  try {
    if (on === "broken") await startBroken(run, fault.file, fault.sizes);
    else await run.start(lessonOf(lessonOfFault(fault)), flagsFor(scene));
    await play(scene, run, { ...pace, anyPool: true });
  } catch (error) {
    // What never comes may be the fault.
    if (!(error instanceof NeverCame)) throw error;
  } finally {
    await run.stop();
  }
  return fault.look(run.lanes);
}

async function shows(fault: Fault, on: "model" | "broken", expected: Look): Promise<void> {
  let look: Look;
  for (const pace of PACES) {
    look = await lookAt(fault, on, pace);
    if (look === expected) return;
  }
  assertEquals(look, expected, `${fault.file}: on the ${on}`);
}

const chosen = Deno.args.includes("--all")
  ? ALL
  : new Set(Array.from({ length: DRAWN }, (_, n) => drawFault(SEED + n)));

for (const fault of chosen) {
  const missing = procExists ? missingTool(fault.file) : "Linux's /proc";
  const why = missing === undefined ? "" : ` (skipped: ${missing} is not there)`;
  Deno.test({
    name: `faults: ${fault.file} shows its fault, and the model does not; seed ${SEED}${why}`,
    ignore: missing !== undefined,
    async fn() {
      await shows(fault, "model", "right");
      await shows(fault, "broken", "fault");
    },
  });
}

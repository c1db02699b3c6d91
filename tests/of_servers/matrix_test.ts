/**
 * The grader graded: every lesson's claims on every model. Only the diagonal has full marks, and every
 * other cell loses at least one claim for certain.
 */
import { assert, assertEquals } from "@std/assert";
import { referenceTarget } from "../grader/server/reference_target.ts";
import { LESSONS } from "../grader/grading/lessons.ts";
import { type Tried, tryAll } from "../of_grader/try_all.ts";
import { procExists } from "../grader/server/proc.ts";

/** A model by a lesson: what was tried, and what came of it. */
interface Cell {
  readonly model: number;
  readonly lesson: number;
  readonly tried: readonly Tried[];
}

const points = (tried: readonly Tried[]) => tried.reduce((sum, { claim }) => sum + claim.points, 0);
const scored = (tried: readonly Tried[]) =>
  points(tried.filter(({ verdict }) => verdict.status === "pass"));
const lost = ({ tried }: Cell) => tried.filter(({ verdict }) => verdict.status !== "pass");

async function runMatrix(): Promise<Cell[]> {
  const pairs = LESSONS.flatMap(({ lesson: model }) =>
    LESSONS.map((claims) => ({ model, claims, target: referenceTarget(model) }))
  );
  const results = await tryAll(pairs);
  return pairs.map(({ model, claims: { lesson } }, i) => ({ model, lesson, tried: results[i] }));
}

/** A line for each model, a column for each lesson. */
function table(cells: readonly Cell[]): string {
  const numbers = LESSONS.map(({ lesson }) => lesson);
  const head = `          ${numbers.map((lesson) => `lesson ${lesson}`.padStart(10)).join("")}`;
  const lines = numbers.map((model) => {
    const row = cells.filter((cell) => cell.model === model);
    const scores = row.map(({ tried }) => `${scored(tried)}/${points(tried)}`.padStart(10));
    return `  model ${model} ${scores.join("")}`;
  });
  return [head, ...lines].join("\n");
}

function details(cells: readonly Cell[]): string {
  return cells.flatMap((cell) =>
    lost(cell).map(({ claim, verdict }) =>
      `model ${cell.model}, ${claim.id}: ${verdict.status}: ${verdict.measured}`
    )
  ).join("\n");
}

const skipped = procExists ? "" : " (skipped: needs Linux's /proc)";
Deno.test({
  name: `every lesson's claims on every model: only the diagonal has full marks${skipped}`,
  ignore: !procExists,
  async fn() {
    const cells = await runMatrix();
    console.log(table(cells));
    const diagonal = cells.filter(({ model, lesson }) => model === lesson);
    const others = cells.filter(({ model, lesson }) => model !== lesson);
    assertEquals(details(diagonal), "");
    for (const cell of others) {
      const certain = lost(cell).some(({ verdict }) => verdict.status === "fail");
      assert(certain, `model ${cell.model} passes in lesson ${cell.lesson}:\n${details(cells)}`);
    }
  },
});

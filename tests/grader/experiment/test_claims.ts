/** The claims of a lesson as tests: each is tried on the lesson's own model. */
import { assertEquals } from "@std/assert";
import type { LessonClaims } from "./claims.ts";
import { procExists } from "../server/proc.ts";
import { referenceTarget } from "../server/reference_target.ts";
import { stepLines } from "../report/lines.ts";
import { failureText, tryClaim } from "./try_claim.ts";
import { tryUntilClear } from "./try_until_clear.ts";
import type { Verdict } from "./verdict.ts";

const COLUMNS = 80;

/** The steps that led to a verdict, and what was measured. */
function storyOf(verdict: Verdict): string {
  return [...stepLines(verdict, COLUMNS), `     measured: ${verdict.measured}`].join("\n");
}

/**
 * Registers a test for each claim, when `deno test` runs the file that calls this. For whoever imports
 * that file, such as the grader or another test, it does nothing.
 *
 * It goes by `Deno.mainModule`, since `import.meta.main` is false in every module under `deno test`. To
 * `deno test` each file that it runs is a main module, one file or many, `--parallel` or not.
 *
 * @param meta the `import.meta` of the lesson's file.
 */
export function testClaims(meta: ImportMeta, { lesson, claims }: LessonClaims): void {
  if (Deno.mainModule !== meta.url) return;
  const target = referenceTarget(lesson);
  for (const claim of claims) {
    const skipped = procExists ? "" : " (skipped: needs Linux's /proc)";
    Deno.test({ name: `${claim.id} ${claim.text}${skipped}`, ignore: !procExists }, async () => {
      // As in a grading: what could not be told, on a machine that does much else, is asked again.
      const { verdict } = await tryUntilClear(() => tryClaim(claim, target));
      // `deno task test --filter 3.P1` shows it; a run of all tests does not.
      if (verdict.status === "pass") console.log(storyOf(verdict));
      assertEquals(verdict.status, "pass", failureText(verdict));
    });
  }
}

/**
 * The grader's own experiments, started from the page: the verdict, the steps, and the bar. One claim of
 * each lesson; `deno task test:prove` tries them all.
 */
import { assert, assertEquals } from "@std/assert";
import { LESSONS } from "../grader/grading/lessons.ts";
import { labTest } from "./browser.ts";

/** Claims whose experiments are short: one of each lesson. */
const SHORT = ["1.C1", "2.C3", "3.C1", "4.P2", "5.P3", "6.C2", "7.P3"];
const ALL = LESSONS.flatMap(({ claims }) => claims.map(({ id }) => id));
/** What the verdict is, the grader's own tests ask; on a machine that does much else it may be another. */
const VERDICTS = ["pass", "fail", "inconclusive"];
const all = Deno.args.includes("--all");

for (const claim of all ? ALL : SHORT) {
  labTest(
    `page: ${claim} gets the grader's verdict on the model, which points at a bar`,
    async (lab) => {
      const { page, errors } = lab;
      await page.getByLabel("Lesson").first().selectOption(claim[0]);
      await page.getByRole("heading", { name: `Lesson ${claim[0]}:` }).waitFor();
      await page.getByRole("combobox", { name: "claim" }).selectOption(claim);
      await page.getByRole("button", { name: "Prove it" }).click();
      const verdict = page.locator(`[data-claim="${claim}"]:not([data-verdict="running"])`);
      await verdict.waitFor();
      const status = await verdict.getAttribute("data-verdict") ?? "";
      assert((all ? ["pass"] : VERDICTS).includes(status), await verdict.innerText());
      assert(await page.locator(".steps li").count() > 2);
      await page.getByRole("button", { name: "Show the bar that decides it" }).click();
      await page.getByRole("button", { name: "Live" }).waitFor();
      const rows = page.getByRole("region", { name: "what everybody does" }).locator("tbody tr");
      assert(await rows.count() > 0, "nobody is there at the moment that decides");
      assertEquals(errors, []);
    },
  );
}

/** Whether everybody can use a page. */
import { assert, assertEquals } from "@std/assert";
import axe from "axe-core";
import type { Page } from "playwright-core";

/** Runs in the page, once axe's script is there. */
const RUN_AXE = `axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) =>
  impact + " " + id + ": " + nodes.map(({ html }) => html).join(" ")))`;

/** Holds the open page to it: nothing serious for axe, and nothing wider than the window. */
export async function nothingShutsOut(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(RUN_AXE) as string[];
  assertEquals(violations.filter((one) => /^(serious|critical)/.test(one)), []);
  const { scrollWidth, clientWidth } = await page.evaluate(
    "({ scrollWidth: document.documentElement.scrollWidth, clientWidth: document.documentElement.clientWidth })",
  ) as { scrollWidth: number; clientWidth: number };
  assert(scrollWidth <= clientWidth, `the page is ${scrollWidth - clientWidth} pixels too wide`);
}

/** What a page with a run that was recorded does with time. */
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { Page } from "playwright-core";

/** Steps and zooms there and back. */
export async function stepsAndZooms(page: Page): Promise<void> {
  const said = page.locator("output");
  const press = async (name: string) => {
    await page.getByRole("button", { name }).click();
    return await said.innerText();
  };
  const back = await press("Step back");
  assertNotEquals(await press("Step forward"), back);
  assertEquals(await press("Step back"), back);
  const shownMs = (text: string) => Number(/([\d.]+) ms shown/.exec(text)?.[1]);
  const near = await press("Zoom in");
  assert(shownMs(near) < shownMs(back), `${back}, then ${near}`);
  assertEquals(await press("Zoom out"), back);
  await press("Zoom in");
  assertEquals(shownMs(await press("Whole run")), shownMs(back));
}

/** It holds by itself where the run ends, when all have gone. */
export async function playsToTheEnd(page: Page): Promise<void> {
  await page.getByRole("group", { name: "time" }).getByRole("combobox").selectOption("1");
  await page.getByRole("button", { name: "Slow motion" }).click();
  await page.getByRole("button", { name: "Slow motion" }).and(
    page.locator('[aria-pressed="false"]'),
  )
    .waitFor();
  const rows = page.getByRole("region", { name: "what everybody does" }).locator("tbody tr");
  assertEquals((await rows.allInnerTexts()).filter((text) => text.startsWith("client")), []);
}

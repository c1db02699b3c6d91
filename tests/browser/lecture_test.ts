/** A lecture, as a speaker gives it: with keys alone, read from the last row, with notes elsewhere. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { SCENES } from "../../lessons/lab/scenes/scenes.ts";
import { PageServer } from "../../lessons/lab/server/page_server.ts";
import { pageTest } from "./browser.ts";
import { nothingShutsOut } from "./nothing_shuts_out.ts";

const LEAST_PX = 28;

/** The smallest text that is seen: its size on the screen, in pixels, and its words. */
const SMALLEST = `(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let least = { px: Infinity, words: "" };
  for (let node; node = walker.nextNode();) {
    const element = node.parentElement;
    const { width, height } = element.getBoundingClientRect();
    if (node.data.trim() === "" || width < 2 || height < 2 || element.closest("style")) continue;
    const { a, b } = element.getScreenCTM?.() ?? { a: 1, b: 0 };
    const scale = Math.hypot(a, b);
    const px = parseFloat(getComputedStyle(element).fontSize) * scale;
    if (px < least.px) least = { px, words: node.data.trim() };
  }
  return least;
})()`;

async function isReadable(page: Page): Promise<void> {
  const { px, words } = await page.evaluate(SMALLEST) as { px: number; words: string };
  assert(px >= LEAST_PX, `${px} pixels: ${words}`);
  const over = await page.evaluate("document.documentElement.scrollHeight - innerHeight");
  assert(Number(over) <= 0, `the slide is ${over} pixels too high`);
}

/** A scene that has come to its end, and says what is to be seen. */
async function sceneIsOver(page: Page, claim: string): Promise<void> {
  await page.getByRole("heading", { name: new RegExp(`^${claim} `) }).waitFor();
  await page.locator(".seen").filter({ hasText: /\S/ }).waitFor();
}

pageTest(
  "lecture: runs from its beginning, over a whole lesson, to its end by keys alone",
  async ({ page, errors }) => {
    const server = new PageServer(0);
    try {
      await page.goto(server.lectureUrl);
      await page.getByRole("heading", { name: /^Lesson 1: / }).waitFor({ state: "attached" });
      await page.locator(".whole svg").waitFor();
      await isReadable(page);
      assertEquals(await page.locator("button, a, input, select").count(), 0);
      await goesThrough(page);
      await page.keyboard.press("End");
      const last = SCENES.get(7)?.at(-1)?.claim ?? "";
      await sceneIsOver(page, last);
      await page.keyboard.press("ArrowRight");
      await page.getByRole("heading", { name: "The end" }).waitFor();
      assertEquals(errors, []);
    } finally {
      await page.close();
      await server.stop();
    }
  },
  { width: 1920, height: 1080 },
);

/** All of lesson 1, and into lesson 2 and back. */
async function goesThrough(page: Page): Promise<void> {
  for (const { claim } of SCENES.get(1) ?? []) {
    await page.keyboard.press("PageDown");
    await sceneIsOver(page, claim);
    await isReadable(page);
  }
  await nothingShutsOut(page);
  await page.keyboard.press("p");
  await page.keyboard.press("PageDown");
  await page.getByRole("heading", { name: /^Lesson 2: / }).waitFor({ state: "attached" });
  for (const lesson of ["3", "4", "5", "6", "7"]) {
    await page.keyboard.press(lesson);
    await page.getByRole("heading", { name: `Lesson ${lesson}: ` }).waitFor({ state: "attached" });
    await isReadable(page);
  }
}

pageTest("lecture: the speaker has notes, in a window of their own", async ({ page, errors }) => {
  const server = new PageServer(0);
  try {
    await page.goto(server.lectureUrl);
    await page.locator(".whole svg").waitFor();
    const opens = page.waitForEvent("popup");
    await page.keyboard.press("s");
    const notes = await opens;
    const region = notes.getByRole("region", { name: "notes for the speaker" });
    await region.getByText("Predict first:").waitFor();
    await page.keyboard.press("ArrowRight");
    const claim = SCENES.get(1)?.[0].claim ?? "";
    await region.getByRole("heading", { name: new RegExp(`^${claim} `) }).waitFor();
    await region.getByText("To be seen:").waitFor();
    assertMatch(await region.innerText(), /Next: 1\./);
    assertEquals(await page.getByRole("region", { name: "notes for the speaker" }).count(), 0);
    await page.keyboard.press("n");
    await page.getByRole("region", { name: "notes for the speaker" }).waitFor();
    assertEquals(errors, []);
  } finally {
    await page.close();
    await server.stop();
  }
}, { width: 1920, height: 1080 });

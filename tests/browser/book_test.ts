/** The book in a real browser: from a folder, below a sub-path, and on paper; no server of ours runs. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { gzipSync } from "fflate";
import type { Page } from "playwright-core";
import { taskArguments } from "../of_lessons/lesson_process.ts";
import { Program } from "../of_lessons/program.ts";
import { pageTest } from "./browser.ts";
import { playsToTheEnd, stepsAndZooms } from "./moves_in_time.ts";
import { nothingShutsOut } from "./nothing_shuts_out.ts";
import { serveBelow } from "./serve_below.ts";

/** What a page may weigh, with all that it needs. */
const MOST_BYTES = 300_000;
/** Longer than its scenes and races take on a machine that is busy. */
const HUNG_MS = 300_000;

let written: Promise<string> | undefined;

/** A book with the scenes of lesson 3, recorded once, by a program that may do what the task may. */
function book(): Promise<string> {
  return written ??= (async () => {
    const folder = await Deno.makeTempDir();
    const args = taskArguments("book", [folder])
      .map((word) => word === "lessons/lab/book/book.ts" ? "tests/browser/book_of_one.ts" : word);
    const { code, stderr } = await Program.start(args, "null", HUNG_MS).ended;
    assertEquals([code, stderr], [0, ""]);
    return folder;
  })();
}

Deno.test.afterAll(async () => {
  if (written !== undefined) await Deno.remove(await written, { recursive: true });
});

/** What a page asks for while it is looked at. */
function requestsOf(page: Page): string[] {
  const urls: string[] = [];
  page.on("request", (request) => urls.push(request.url()));
  return urls;
}

pageTest("book: from a folder it plays, steps and zooms", async ({ page, errors }) => {
  const folder = await book();
  const asked = requestsOf(page);
  await page.goto(`file://${folder}/lesson-3.html`);
  await page.getByRole("button", { name: "3.C1" }).click();
  await page.getByRole("status").filter({ hasText: "for client 1 on main" }).waitFor();
  const table = page.getByRole("region", { name: "what everybody does" });
  await table.locator("tr").filter({ hasText: /main.*business.*client 1/ }).waitFor();
  await page.locator('.token[data-client="2"][data-state="unread"]').waitFor();
  await stepsAndZooms(page);
  await playsToTheEnd(page);
  assertEquals(asked.filter((url) => !url.startsWith(`file://${folder}/`)), []);
  assertEquals(errors, []);
});

pageTest(
  "book: what was recorded settles a prediction, and a miss is asked again",
  async (open) => {
    const { page, errors } = open;
    await page.goto(`file://${await book()}/lesson-3.html`);
    const predict = await openGame(page, "predict");
    await predict.getByRole("spinbutton").fill("150");
    await predict.getByRole("button", { name: "Commit" }).click();
    await predict.getByText("Missed.").waitFor();
    assertMatch(await predict.locator(".one-axis").innerText(), /recorded\s+\d{4,} ms/);
    await page.getByRole("status").filter({ hasText: "8 replies, the last one" }).first().waitFor();
    await page.reload();
    await (await openGame(page, "predict")).getByText("1 of 3. You missed it before.").waitFor();
    // Where the browser keeps nothing, one plays all the same.
    await page.addInitScript({ content: NOTHING_KEPT });
    await page.reload();
    const quiz = await openGame(page, "quiz");
    await quiz.getByRole("radio").first().check();
    await quiz.getByRole("button", { name: "Answer" }).click();
    await quiz.getByText("See it:").waitFor();
    assertEquals(errors, []);
  },
);

/** A browser that refuses its store. */
const NOTHING_KEPT = 'Object.defineProperty(globalThis, "localStorage", { get: () => refused })';

async function openGame(page: Page, game: "predict" | "quiz") {
  const panel = page.locator(`.${game}`);
  await panel.locator("summary").click();
  return panel;
}

pageTest("book: races that were recorded stand on one time axis", async ({ page, errors }) => {
  const folder = await book();
  const asked = requestsOf(page);
  await page.goto(`file://${folder}/index.html`);
  await page.getByRole("link", { name: "The race" }).last().click();
  const lanes = page.getByRole("img", { name: "the lanes of 3 I/O multiplexing" });
  await lanes.waitFor();
  const bars = page.getByRole("region", { name: "Last reply" });
  const [ofSleep = "", ms] = /(\d+) ms/.exec(await bars.innerText()) ?? [];
  assert(Number(ms) >= 8 * 150, `the last reply after ${ms} ms`);
  await page.getByRole("button", { name: "FIB" }).click();
  await bars.filter({ hasNotText: ofSleep }).waitFor();
  assertEquals(await lanes.locator("rect").count() > 0, true);
  assertEquals(asked.filter((url) => !url.startsWith(`file://${folder}/`)), []);
  assertEquals(errors, []);
});

pageTest("book: below a sub-path nothing shuts anybody out, dark", async ({ page, errors }) => {
  const folder = await book();
  const asked = requestsOf(page);
  const server = serveBelow("/a/sub-path/", folder);
  const at = `http://127.0.0.1:${server.addr.port}/a/sub-path/`;
  try {
    for (const name of ["index", "first", "comparison", "race", "lesson-3"]) {
      await page.goto(`${at}${name}.html`);
      await nothingShutsOut(page);
    }
    await page.getByRole("button", { name: "3.C2" }).click();
    await page.getByRole("status").filter({ hasText: "Four times SLEEP 80" }).waitFor();
    assertEquals(asked.filter((url) => !url.startsWith(at)), []);
    assertEquals(errors, []);
  } finally {
    await page.close();
    await server.shutdown();
  }
}, { dark: true, width: 400 });

pageTest("book: on A4 it has its picture and every scene", async ({ page }) => {
  const folder = await book();
  await page.goto(`file://${folder}/lesson-3.html`);
  const pdf = new TextDecoder("latin1").decode(await page.pdf({ preferCSSPageSize: true }));
  assertMatch(pdf, /\/MediaBox \[0 0 59[45][\d.]* 84[12][\d.]*\]/);
  await page.emulateMedia({ media: "print" });
  assertEquals(await page.locator("#see").isVisible(), false);
  assertEquals(await page.locator(".paper section pre:visible").count(), 6);
  const picture = page.locator("article img");
  assert(Number(await picture.evaluate((image) => Reflect.get(image, "naturalWidth"))) > 0);
});

pageTest("book: a page with all that it needs is small", async ({ page }) => {
  const folder = await book();
  const asked = requestsOf(page);
  await page.goto(`file://${folder}/lesson-3.html`);
  const sizes = asked.map((url) => gzipSync(Deno.readFileSync(new URL(url))).length);
  const bytes = sizes.reduce((sum, one) => sum + one, 0);
  assert(asked.length === 5 && bytes < MOST_BYTES, `${asked.length} files, ${bytes} bytes`);
});

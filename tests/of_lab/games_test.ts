/** The games as the lab's server has them: what is asked, measured, remembered, and refused. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { PREDICTIONS } from "../../lessons/play/predictions.ts";
import { Page } from "./page_without_browser.ts";

/** A page, and the file in which its answers are remembered. */
async function withPage(body: (page: Page, progress: string) => Promise<void>): Promise<void> {
  const progress = await Deno.makeTempFile();
  try {
    await using page = new Page(undefined, undefined, new URL(`file://${progress}`));
    await body(page, progress);
  } finally {
    await Deno.remove(progress);
  }
}

const asking = (page: Page, order: unknown) => page.ask(order, {}, "games");

Deno.test("lab games: what is asked stands in the lesson, and what was answered in the file", () =>
  withPage(async (page, progress) => {
    const asked = JSON.parse(await page.file("api/games/3"));
    const ids = PREDICTIONS.get(3)?.map(({ id }) => id) ?? [];
    assertEquals(asked.predictions.map(({ id }: { id: string }) => id), ids);
    assert(asked.questions.length >= 10 && asked.progress === "");
    const orders = [
      { do: "record", game: "predict", lesson: 3, id: ids[0], right: false, off: 2 },
      { do: "record", game: "quiz", lesson: 3, id: asked.questions[0].id, right: true, off: 2 },
    ];
    for (const order of orders) await (await asking(page, order)).body?.cancel();
    const text = await Deno.readTextFile(progress);
    assertMatch(
      text,
      /^predict {2}lesson=3 {2}right=0\/1 {2}missed=last-of-eight {2}off=.*:2.00$/m,
    );
    assertMatch(text, /^quiz {2}lesson=3 {2}right=1\/1$/m);
    assertEquals(JSON.parse(await page.file("api/games/3")).progress, text);
  }));

Deno.test("lab games: a prediction is measured, and whoever looks sees the run", () =>
  withPage(async (page) => {
    const [, { id }] = PREDICTIONS.get(3) ?? [];
    const measured = asking(page, { do: "measure", lesson: 3, id });
    const events = await page.until((_, { words }) => words !== "");
    assert(events.some(({ source }) => source === "client"));
    const { value, words } = await (await measured).json();
    assertEquals([value, typeof words], [0, "string"]);
  }));

Deno.test("lab games: what is no question is refused in one line, and nothing is written", () =>
  withPage(async (page, progress) => {
    const record = { do: "record", game: "predict", lesson: 3, id: "last-of-eight", right: true };
    const orders = [
      null,
      { do: "measure", lesson: 3, id: "no-such" },
      { do: "measure", lesson: 9, id: "last-of-eight" },
      { do: "dance", lesson: 3 },
      { ...record, game: "chess" },
      { ...record, id: "a  b=c" },
      { ...record, right: "yes" },
    ];
    for (const order of orders) {
      const response = await asking(page, order);
      assertEquals(response.status, 400, JSON.stringify(order));
      assertMatch((await response.json()).why, /^[^\n]+$/);
    }
    assertEquals(await Deno.readTextFile(progress), "");
    const refused = await page.ask(record, { "x-token": "" }, "games");
    assertEquals(refused.status, 403);
    await refused.body?.cancel();
  }));

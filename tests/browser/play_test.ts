/** The games on the lab's page: a prediction is settled, a miss asked again, a wrong answer explained. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Page } from "playwright-core";
import { lessonOf } from "../../lessons/catalogue.ts";
import { PREDICTIONS } from "../../lessons/play/predictions.ts";
import { questionsOf } from "../../lessons/play/quiz_file.ts";
import { labTest } from "./browser.ts";
import { nothingShutsOut } from "./nothing_shuts_out.ts";

/** Opens a lesson, and one of its games; by keys alone, as everything in a game can be done. */
async function openGame(page: Page, lesson: number, game: "predict" | "quiz") {
  await page.getByLabel("Lesson").first().selectOption(String(lesson));
  await page.getByRole("heading", { name: `Lesson ${lesson}:` }).waitFor();
  const panel = page.locator(`.${game}`);
  await panel.locator("summary").press("Enter");
  return panel;
}

/** What the page asks for from elsewhere. */
function requestsElsewhere(page: Page): string[] {
  const here = new URL(page.url()).origin;
  const urls: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(here)) urls.push(request.url());
  });
  return urls;
}

labTest(
  "page: a prediction is settled on one axis, and a miss is asked again first",
  async ({ page, errors }) => {
    const elsewhere = requestsElsewhere(page);
    const [first, second] = PREDICTIONS.get(3) ?? [];
    const panel = await openGame(page, 3, "predict");
    await panel.getByText("Prediction 1 of 3").waitFor();
    await panel.getByText(first.asks).waitFor();
    const number = panel.getByRole("spinbutton", { name: "your number, in ms" });
    await number.fill("150");
    await number.press("Enter");
    await panel.getByText("Missed.").waitFor();
    const [predicted, measured] = await panel.locator(".one-axis tbody tr").allInnerTexts();
    assertMatch(predicted, /^predicted\s+150 ms/);
    assertMatch(measured, /^measured\s+\d{4,} ms/);
    const widths = await panel.locator(".one-axis .bar").evaluateAll((bars) =>
      bars.map((bar) => bar.clientWidth)
    );
    assert(widths[0] > 0 && widths[1] > 4 * widths[0], String(widths));
    assertStringIncludes(await panel.innerText(), first.why);
    // The lanes have the same run.
    await page.getByRole("status").filter({ hasText: "8 replies, the last one after" }).first()
      .waitFor();
    await nothingShutsOut(page);
    // Where the keyboard is, too.
    await panel.locator("button:focus").filter({ hasText: "Go on" }).waitFor();
    await page.keyboard.press("Enter");
    await panel.getByText(second.asks).waitFor();
    await panel.locator("input:focus").waitFor();
    await page.reload();
    const again = await openGame(page, 3, "predict");
    await again.getByText("Prediction 1 of 3. You missed it before.").waitFor();
    await again.getByText(first.asks).waitFor();
    assertEquals([elsewhere, errors], [[], []]);
  },
  { width: 400, dark: true },
);

labTest("page: the quiz explains a wrong answer, and asks it again first", async (lab) => {
  const { page, errors } = lab;
  const elsewhere = requestsElsewhere(page);
  const questions = await questionsOf(lessonOf(3));
  const panel = await openGame(page, 3, "quiz");
  await panel.getByText("Question 1 of 5").waitFor();
  const asks = await panel.locator("legend").innerText();
  const question = questions.find((one) => one.asks.replaceAll("`", "") === asks);
  const wrong = question?.choices.find(({ right }) => !right);
  assert(question && wrong, asks);
  const plain = (text: string) => text.replaceAll("`", "");
  await panel.getByRole("radio", { name: plain(wrong.text), exact: true }).check();
  await panel.getByRole("button", { name: "Answer" }).press("Enter");
  await panel.getByText("Not so.").waitFor();
  const said = await panel.getByRole("status").innerText();
  assertStringIncludes(said, plain(wrong.why));
  assertStringIncludes(said, plain(question.choices.find(({ right }) => right)?.why ?? "-"));
  assertStringIncludes(said, plain(question.seeIt));
  if (question.measuredBy) await panel.getByText("Measured on this machine, just now").waitFor();
  await nothingShutsOut(page);
  await page.reload();
  const again = await openGame(page, 3, "quiz");
  await again.getByText("Question 1 of 5. You missed it before.").waitFor();
  assertEquals(plain(await again.locator("legend").innerText()), plain(question.asks));
  assertEquals([elsewhere, errors], [[], []]);
});

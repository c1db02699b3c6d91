/**
 * Who waited for whom, on the page, for every lesson: clients are added by hand, and then the picture,
 * the lanes' table and the source have to tell the same.
 */
import { fileURLToPath } from "node:url";
import { assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { lessonOf, modelOf } from "../../lessons/catalogue.ts";
import type { ClientState } from "../../lessons/lab/lanes/client_spans.ts";
import type { LabEvent } from "../../lessons/lab/lanes/events.ts";
import { STATE_WORDS } from "../../lessons/lab/lanes/words.ts";
import { missingTool } from "../servers/other_languages/build.ts";
import { labTest, rowsOf, tokenIs, until } from "./browser.ts";

/** Of a lesson whose client 1 sleeps: the thread it sleeps on, and where client 2 is then. */
interface Case {
  readonly lesson: number;
  /** The size of its pool. */
  readonly size?: string;
  readonly thread: string;
  /** In business on a thread of its own, it waits for nobody; otherwise for client 1. */
  readonly second: ClientState;
}

const CASES: readonly Case[] = [
  { lesson: 1, thread: "main", second: "accept-queue" },
  { lesson: 2, thread: "thread-1", second: "business" },
  { lesson: 3, thread: "main", second: "accept-queue" },
  { lesson: 4, size: "workers", thread: "worker-1", second: "queued" },
  { lesson: 5, size: "threads", thread: "io-1", second: "unread" },
  { lesson: 6, size: "processes", thread: "process-1", second: "accept-queue" },
  { lesson: 7, size: "max-event-threads", thread: "event-1", second: "queued" },
];
/** It outlasts all that is looked at. A server that is stopped ends it. */
const SLEEP = "SLEEP 60000";

for (const { lesson, size, thread, second } of CASES) {
  labTest(`page: lesson ${lesson} moves, and names whom a client waits for`, async (lab) => {
    const { page, errors } = lab;
    await openLesson(page, lesson);
    if (size !== undefined) {
      await page.getByRole("spinbutton", { name: size, exact: true }).fill("1");
    }
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.getByText(`lesson ${lesson}'s server runs`).waitFor();
    await connectAndSend(page, SLEEP);
    await tokenIs(page, 1, "business");
    await connectAndSend(page, SLEEP);
    await tokenIs(page, 2, second);
    const waits = STATE_WORDS[second] +
      (second === "business" ? " on thread-2" : `.*for client 1\\D*${thread}`);
    const rows = rowsOf(page);
    await rows.filter({ hasText: new RegExp(`^client 2${waits}`) }).waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    const texts = (await rows.allInnerTexts()).map((text) => text.trim());
    assertMatch(texts.join("\n"), new RegExp(`^${thread}\\s+business\\s+client 1$`, "m"));
    assertMatch(texts.join("\n"), new RegExp(`^client 2\\s+${waits}`, "m"));
    await page.locator('.source .lit[data-mark="4"]').first().waitFor();
    await stepsBackAndForward(page);
    assertEquals(errors, []);
  });
}

const SERIAL = fileURLToPath(new URL("../servers/other_languages/1_serial.py", import.meta.url));

/** Who was waited for is known when the wait is over: until then a server without a trace tells nothing. */
labTest(
  "page: of a server in Python, without a trace, the bar of who waited names the culprit",
  async ({ page, errors, server }) => {
    await page.getByRole("button", { name: /^Start python3/ }).click();
    await page.getByText("{port} runs").waitFor();
    await page.getByRole("button", { name: "Idle" }).click();
    await tokenIs(page, 1, "idle");
    await connectAndSend(page, "PING");
    await tokenIs(page, 2, "accept-queue");
    await until("a client in the queue", () => server.session.happened?.events.some(isQueued));
    // All of it stays in the view, however long it takes.
    for (let n = 0; n < 6; n++) await page.getByRole("button", { name: "Zoom out" }).click();
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await page.getByRole("button", { name: /^Client 2 waited .*until client 1 was done/ }).click();
    await tokenIs(page, 2, "accept-queue");
    const waited = /^client 2in the accept queue, .*until client 1 was done/;
    await rowsOf(page).filter({ hasText: waited }).waitFor();
    assertEquals(errors, []);
  },
  { command: `python3 -B "${SERIAL}" {port}`, missing: missingTool(SERIAL) },
);

/** The kernel was seen with a client that nobody had accepted. */
function isQueued(event: LabEvent): boolean {
  return event.source === "kernel" && event.connections.some(({ accepted }) => !accepted);
}

/** A client that connects, and sends a line. */
async function connectAndSend(page: Page, line: string): Promise<void> {
  await page.getByRole("textbox", { name: "request" }).fill(line);
  await page.getByRole("button", { name: "Connect and send" }).click();
}

async function openLesson(page: Page, number: number): Promise<void> {
  await page.getByLabel("Lesson").first().selectOption(String(number));
  await page.getByRole("heading", { name: modelOf(lessonOf(number)) }).waitFor();
}

/** One step back and one forward: the picture is as it was. */
async function stepsBackAndForward(page: Page): Promise<void> {
  const step = async (way: "back" | "forward") => {
    await page.getByRole("button", { name: `Step ${way}` }).click();
    return await page.locator(".tokens").evaluate((tokens) => tokens.outerHTML);
  };
  await step("back");
  const before = await step("back");
  const after = await step("forward");
  assertEquals(await step("back"), before);
  assertEquals(await step("forward"), after);
}

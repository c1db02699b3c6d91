/**
 * `deno task lab-speed`: how fast the lab's page is in a real browser, and what it costs the server to be
 * watched. It prints figures and judges nothing: they depend on the machine, and on what else it does.
 */
import { chromium, type Page } from "playwright-core";
import type { LabEvent } from "../../lessons/lab/lanes/events.ts";
import { PageServer } from "../../lessons/lab/server/page_server.ts";
import { savedRun } from "../../lessons/lab/server/saved_runs.ts";
import { BROWSER } from "../browser/browser.ts";
import { manyEvents } from "./many_events.ts";
import { watchedSpeed } from "./watched_speed.ts";

const CLIENTS = 200, EVENTS_A_SECOND = 2000;
/** Of a PING in model 4: sent, read, queued, started, finished, written, answered. */
const EVENTS_A_REQUEST = 7;
const SECONDS = 5;

/** Has the page count its frames: its own program, as text. */
const COUNT_FRAMES = `
  globalThis.frames = 0;
  requestAnimationFrame(function count() {
    globalThis.frames++;
    requestAnimationFrame(count);
  })`;

/** Frames a second, and the CPU time of the page's thread, while something goes on. */
async function frames(page: Page, during: () => Promise<unknown>): Promise<string> {
  const devTools = await page.context().newCDPSession(page);
  // In CPU time, so that what else the machine does is not counted.
  await devTools.send("Performance.enable", { timeDomain: "threadTicks" });
  const busy = async () => {
    const { metrics } = await devTools.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
  };
  await page.evaluate(COUNT_FRAMES);
  const [beforeMs, busyBefore] = [performance.now(), await busy()];
  await during();
  const seconds = (performance.now() - beforeMs) / 1000;
  const count = Number(await page.evaluate("frames"));
  const busyShare = (await busy() - busyBefore) / seconds;
  const share = (100 * busyShare).toFixed(0);
  return `${(count / seconds).toFixed(0)} frames/s, the page's thread used ${share} % of a core`;
}

/** 200 clients of model 4, so many events a second. */
async function live(page: Page, server: PageServer): Promise<void> {
  await server.session.start(4, { workers: 4 }, "model");
  await server.session.connect(CLIENTS, "PING", false);
  let sent = 0;
  const everyMs = 20;
  const each = EVENTS_A_SECOND / EVENTS_A_REQUEST * everyMs / 1000;
  const startMs = performance.now();
  const said = await frames(page, async () => {
    for (let round = 1; performance.now() - startMs < SECONDS * 1000; round++) {
      for (; sent < round * each; sent++) {
        await server.session.act(1 + sent % CLIENTS, "send", "PING");
      }
      const nextMs = startMs + round * everyMs - performance.now();
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, nextMs)));
    }
  });
  const rate = sent * EVENTS_A_REQUEST / ((performance.now() - startMs) / 1000);
  console.log(`live, ${CLIENTS} clients, ${rate.toFixed(0)} events/s: ${said}`);
  await server.session.stop();
}

async function opened(server: PageServer): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(server.url);
  return page;
}

/** Loads so many events, and zooms. */
async function million(): Promise<void> {
  const events: LabEvent[] = manyEvents(1_000_000);
  const server = new PageServer(0, undefined, savedRun("run.json", { lesson: 4, events }));
  await server.ready();
  try {
    const startMs = performance.now();
    const page = await opened(server);
    const lastS = (events.at(-1)!.us / 1e6).toFixed(6);
    await page.locator("output", { hasText: `${lastS} s` }).waitFor({ timeout: 120_000 });
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
    console.log(`a million events: ${seconds} s to load`);
    const canvas = page.locator("canvas").first();
    const said = await frames(page, async () => {
      for (let round = 0; round < 40; round++) await canvas.press(round < 20 ? "-" : "+");
    });
    console.log(`a million events, zooming: ${said}`);
    await page.close();
  } finally {
    await server.stop();
  }
}

const browser = await chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox"] });
const server = new PageServer(0);
await server.ready();
console.log(`load of the machine: ${Deno.loadavg().map((one) => one.toFixed(1)).join(" ")}`);
const page = await opened(server);
await page.locator("option").nth(6).waitFor({ state: "attached" });
const paint = await page.evaluate(() =>
  performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN
);
console.log(`first paint with content: ${paint.toFixed(0)} ms`);
await live(page, server);
await watchedSpeed(server.session);
await page.close();
await server.stop();
await million();
await browser.close();

/** The race on the lab's page: seven models and one's own come in, and have bars. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { LESSONS } from "../../lessons/catalogue.ts";
import { labTest } from "./browser.ts";
import { nothingShutsOut } from "./nothing_shuts_out.ts";

/** Fifteen servers start one after the other; a machine that is busy takes long for that. */
const PATIENCE_MS = 400_000;

/** One's own, in another language; what is left out are its clients' commands. */
const OWN = `${Deno.execPath()} run --cached-only --allow-net --allow-read ` +
  "lessons/3-io-multiplexing/server.ts --trace off --port {port}";

labTest(
  "page: seven models and one's own race, and each has its bars",
  async ({ page, errors }) => {
    const here = new URL(page.url()).origin;
    const elsewhere: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(here)) elsewhere.push(request.url());
    });
    await page.getByRole("heading", { name: "Lesson 1:" }).waitFor();
    const panel = page.locator(".race");
    await panel.locator("summary").press("Enter");
    await panel.getByRole("textbox", { name: "requests" }).fill("SLEEP 10; PING");
    await panel.getByRole("spinbutton", { name: "clients" }).fill("2");
    await panel.getByRole("spinbutton", { name: "each asks" }).fill("1");
    await panel.getByRole("combobox", { name: "the eighth" }).selectOption("command");
    await panel.getByRole("button", { name: "Start the race" }).press("Enter");
    await panel.getByText("8 servers have raced").waitFor({ timeout: PATIENCE_MS });
    const names = [...LESSONS.map(({ number, name }) => `${number} ${name}`), OWN];
    assertEquals(await panel.locator(".racer > span").allInnerTexts(), names);
    for (const figure of ["Last reply", "99 of 100", "Threads", "Memory", "CPU time"]) {
      const rows = await panel.getByRole("region", { name: figure }).locator("tbody tr")
        .allInnerTexts();
      assertEquals(rows.length, names.length, figure);
      for (const row of rows) assertMatch(row, /[\d.]+ (ms|threads|MiB)/);
    }
    assert(await panel.locator(".racer svg rect").count() >= names.length);
    assertEquals(await panel.locator(".uplot .u-series").count(), 1 + names.length);
    await nothingShutsOut(page);
    assertEquals([elsewhere, errors], [[], []]);
  },
  { width: 400, command: OWN },
);

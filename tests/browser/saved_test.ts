/** What lies in files, on the page: a run, a grade; and a server in another language, driven by hand. */
import { assertEquals, assertMatch } from "@std/assert";
import { savedGrade, savedRun } from "../../lessons/lab/server/saved_runs.ts";
import type { ClientEvent } from "../../lessons/lab/lanes/events.ts";
import { readGradeFile } from "../../lessons/lab/save/grade_file.ts";
import { SCHEMA } from "../grader/report/result.ts";
import { ONE_REQUEST } from "../of_lab/made_run.ts";
import { labTest, rowsOf, tokenIs, tokenOf, until } from "./browser.ts";

const RUN = savedRun("a.json", { lesson: 3, events: ONE_REQUEST });

labTest("page: a run from a file plays, steps, zooms, and is saved again", async (lab) => {
  const { page, errors } = lab;
  await page.getByText("a run that was saved: a.json").first().waitFor();
  await page.getByRole("heading", { name: "models/3_io_multiplexing.ts" }).waitFor();
  const business = tokenOf(page, 1).and(page.locator('[data-state="business"]'));
  for (let n = 0; n < 12 && await business.count() === 0; n++) {
    await page.getByRole("button", { name: "Step back" }).click();
  }
  assertEquals(await business.count(), 1, "no step back leads into the business");
  const shown = page.locator("output");
  const before = await shown.innerText();
  await page.getByRole("button", { name: "Zoom in" }).click();
  assertMatch(await shown.innerText(), /1000 ms shown/);
  assertEquals((await shown.innerText()).split(",")[0], before.split(",")[0]);
  await page.getByRole("combobox", { name: /^at/ }).selectOption("0.5");
  await page.getByRole("button", { name: "Slow motion" }).click();
  // To the end, where the client has left.
  await tokenOf(page, 1).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Slow motion" }).waitFor();
  const saving = page.waitForEvent("download");
  await page.getByRole("link", { name: "Save this run" }).click();
  assertEquals((await saving).suggestedFilename(), "run.json");
  assertEquals(errors, []);
}, { saved: RUN });

const STEPS = [
  [1, "server", "listens"],
  [5, "client 1", "connects"],
  [6, "client 2", "connects"],
  [10, "client 1", 'sends "SLEEP 300"'],
  [12, "client 2", 'sends "<script>alert(1)</script>"'],
  [312, "client 1", "gets +OK"],
];
const steps = STEPS.map(([atMs, who, what]) => ({ atMs, who, what }));
const pass = { id: "3.P1", status: "pass", measured: "8 of 8", steps: [] };
const fail = { id: "3.P2", status: "fail", measured: "client 2 got nothing", steps };
const GRADE = { schema: SCHEMA, target: "x", lessons: [{ lesson: 3, claims: [pass, fail] }] };

labTest("page: a failed grade shows its steps, and the bar that decided it", async (lab) => {
  const { page, errors } = lab;
  const verdict = page.locator('[data-claim="3.P2"][data-verdict="fail"]');
  await verdict.waitFor();
  assertMatch(await verdict.innerText(), /^3\.P2: Refuted client 2 got nothing/);
  assertEquals(await page.locator(".steps li").count(), 6);
  // It points by itself.
  await page.getByRole("button", { name: "Live" }).waitFor();
  const [row] = await rowsOf(page).filter({ hasText: "client 2 (2)" }).allInnerTexts();
  assertMatch(row, /in the server/);
  await page.getByRole("heading", { name: "The way of client 2 (2)'s requests" }).waitFor();
  await page.getByRole("button", { name: "3.P1 proved" }).click();
  await page.locator('[data-claim="3.P1"][data-verdict="pass"]').waitFor();
  assertEquals(errors, []);
}, { saved: savedGrade(readGradeFile(JSON.stringify(GRADE))) });

const COMMAND =
  `${Deno.execPath()} run -A lessons/3-io-multiplexing/server.ts --port {port} --trace off`;

labTest("page: a server that has no trace is driven by hand, and has lanes", async (lab) => {
  const { page, errors } = lab;
  await page.getByLabel("Lesson").first().selectOption("3");
  await page.getByRole("button", { name: `Start ${COMMAND}` }).click();
  await page.getByText(`${COMMAND} runs`).waitFor();
  await page.getByRole("textbox", { name: "request" }).fill("SLEEP 60000");
  await page.getByRole("button", { name: "Connect and send" }).click();
  await tokenIs(page, 1, "in-server");
  await rowsOf(page).filter({ hasText: "client 1in the server" }).waitFor();
  assertEquals(errors, []);
}, { command: COMMAND });

labTest("page: a server that dies is shown dead, with its words, and starts again", async (lab) => {
  const { page, errors } = lab;
  const started = page.getByText("lesson 1's server runs");
  const start = page.getByRole("button", { name: "Start", exact: true });
  await start.click();
  await started.waitFor();
  await page.getByRole("textbox", { name: "request" }).fill("INFO");
  await page.getByRole("button", { name: "Connect and send" }).click();
  const reply = () =>
    lab.server.session.happened?.events.find((one) =>
      one.source === "client" && one.event === "reply"
    );
  await until("the reply", () => reply() !== undefined);
  Deno.kill(Number(/pid:(\d+)/.exec((reply() as ClientEvent).detail ?? "")?.[1]), "SIGKILL");
  await page.getByText("no server runs: the server ended: SIGKILL").waitFor();
  await start.click();
  await started.waitFor();
  assertEquals(errors, []);
});

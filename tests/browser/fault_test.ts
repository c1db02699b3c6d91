/** 'Find the fault' on the lab's page, by keys alone: a wrong guess, then the right one, then the source. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Locator } from "playwright-core";
import { scoresIn } from "../../lessons/play/score.ts";
import { pathOfBroken } from "../../lessons/play/faults/broken_server.ts";
import { drawFault, judge, nameOf } from "../../lessons/play/faults/guess.ts";
import type { LabEvent } from "../../lessons/lab/lanes/events.ts";
import { labTest, until } from "./browser.ts";
import { nothingShutsOut } from "./nothing_shuts_out.ts";

function isRequest(event: LabEvent): boolean {
  return event.source === "client" && event.client === 1 && event.event === "send";
}

/** Presses a button without a mouse. */
async function press(button: Locator): Promise<void> {
  await button.focus();
  await button.press("Enter");
}

labTest(
  "page: a fault is found, and a wrong guess is told what it would have looked like",
  async (lab) => {
    const { page, errors, progress } = lab;
    const panel = page.getByRole("region", { name: "Find the fault" });
    const button = (name: string) => panel.getByRole("button", { name, exact: true });
    await press(button("Draw a server of lesson 1"));
    await page.getByText("a server with a fault runs").waitFor();
    const seed = /seed (\d+)/.exec(await panel.innerText())?.[1];
    const fault = drawFault(Number(seed), 1);
    assert(!(await page.content()).includes(fault.file), "the page knows the file already");

    await press(button("Play its scene"));
    // In the page it may be over by now: what lanes show has tests of its own.
    const happened = () => lab.server.session.happened?.events ?? [];
    await until("client 1 asks", () => happened().some(isRequest));

    const claims = ["1.P1", "1.P2", "1.C1", "1.C2", "1.C3", "1.R1"];
    const wrong = claims.find((claim) => !judge(fault, claim).right) ?? "";
    await press(button(`It breaks ${wrong}`));
    await panel.locator("[data-right=false]").waitFor();
    const said = await panel.locator("[data-right]").innerText();
    assertEquals(said, `Not found. ${judge(fault, wrong).words}`);
    await nothingShutsOut(page);

    await press(button(`It breaks ${fault.claim}`));
    await panel.locator("[data-right=true]").waitFor();
    assertStringIncludes(await panel.locator("[data-right]").innerText(), fault.here);
    const source = panel.getByLabel(`the source of ${pathOfBroken(fault.file)}`);
    const [place] = fault.place.split("\n");
    assertStringIncludes(await source.locator(".lit").first().innerText(), place);
    await nothingShutsOut(page);
    // What it comes to, the grader's own tests ask.
    await page.locator(`[data-claim="${fault.claim}"]`).waitFor();
    assertEquals(errors, []);
    const [score] = scoresIn(await Deno.readTextFile(progress));
    assertEquals([score.game, score.right, score.missed], ["fault", 0, [nameOf(fault)]]);
  },
);

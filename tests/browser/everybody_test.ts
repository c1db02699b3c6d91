/** The page is for everybody: narrow and wide, light and dark, forced colours, and with the keyboard alone. */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { labTest } from "./browser.ts";
import { nothingShutsOut } from "./nothing_shuts_out.ts";

/** A client in business, one that waits, and the way of its request. */
async function somebodyWaits(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.getByText("lesson 1's server runs").waitFor();
  await page.getByRole("spinbutton", { name: "how many" }).fill("2");
  await page.getByRole("textbox", { name: "request" }).fill("SLEEP 60000");
  await page.getByRole("button", { name: "Connect and send" }).click();
  await page.getByRole("button", { name: /^Client 2 has waited .* for client 1/ }).waitFor();
}

const LOOKS = [
  { width: 1280, dark: false },
  { width: 1280, dark: true },
  { width: 400, dark: false },
  { width: 400, dark: true },
  { width: 1280, dark: false, forced: true },
];

for (const look of LOOKS) {
  const { width, dark, forced = false } = look;
  const colours = forced ? "forced colours" : dark ? "dark" : "light";
  labTest(`page: ${width} pixels, ${colours}: nothing that shuts anybody out`, async (lab) => {
    const { page, errors } = lab;
    if (forced) await page.emulateMedia({ forcedColors: "active" });
    await page.getByRole("heading", { name: "Lesson 1:" }).waitFor();
    await nothingShutsOut(page);
    await somebodyWaits(page);
    await nothingShutsOut(page);
    assertEquals(errors, []);
  }, { width, dark });
}

labTest("page: with the keyboard alone one starts a server, and goes back in time", async (lab) => {
  const { page, errors } = lab;
  const tabTo = async (name: RegExp) => {
    for (let n = 0; n < 60; n++) {
      await page.keyboard.press("Tab");
      const text = await page.evaluate(
        "document.activeElement.ariaLabel ?? document.activeElement.textContent",
      );
      if (name.test(String(text))) return;
    }
    throw new Error(`Tab never comes to ${name}`);
  };
  await page.getByRole("heading", { name: "Lesson 1:" }).waitFor();
  await tabTo(/^Start$/);
  await page.keyboard.press("Enter");
  await page.getByText("lesson 1's server runs").waitFor();
  await tabTo(/^Connect and send$/);
  await page.keyboard.press("Enter");
  await page.locator('.token[data-client="1"][data-state="idle"]').waitFor();
  await tabTo(/^lanes of threads/);
  const business = page.locator('.token[data-client="1"][data-state="business"]');
  for (let n = 0; n < 30 && await business.count() === 0; n++) {
    await page.keyboard.press("ArrowLeft");
    await page.evaluate("new Promise((resolve) => requestAnimationFrame(resolve))");
  }
  assertEquals(await business.count(), 1, "no step back leads into the business");
  assertEquals(errors, []);
});

labTest("page: who wants less motion sees none", async ({ page, errors }) => {
  const moves = 'getComputedStyle(document.querySelector(".token")).transitionDuration';
  await somebodyWaits(page);
  assertEquals(await page.evaluate(moves), "0.16s");
  await page.emulateMedia({ reducedMotion: "reduce" });
  assert(["", "0s"].includes(String(await page.evaluate(moves))));
  assertEquals(errors, []);
});

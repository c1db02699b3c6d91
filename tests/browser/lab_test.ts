/** The lab's page in a real browser, as a student uses it. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { LESSONS, modelOf } from "../../lessons/catalogue.ts";
import { PageServer } from "../../lessons/lab/server/page_server.ts";
import { labTest, pageTest } from "./browser.ts";

labTest("page: shows text, picture and source of every lesson", async ({ page, errors }) => {
  for (const lesson of LESSONS) {
    await page.getByLabel("Lesson").first().selectOption(String(lesson.number));
    await page.getByRole("heading", { name: modelOf(lesson) }).waitFor();
    await page.getByRole("heading", { name: `Lesson ${lesson.number}:` }).waitFor();
    assertEquals(await page.locator(".picture svg #client-1").count(), 1);
    const marks = page.locator(".source [data-mark]");
    const numbers = await marks.evaluateAll((all) =>
      all.map((one) => one.getAttribute("data-mark"))
    );
    assertEquals([...new Set(numbers)].sort(), ["1", "2", "3", "4", "5"]);
  }
  assertEquals(await page.getByText("getting ready").count(), 0);
  assertEquals(errors, []);
});

labTest(
  "page: steps back to a moment that is over, and forward again",
  async ({ page, errors }) => {
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await page.getByText("lesson 1's server runs").waitFor();
    await page.getByRole("textbox", { name: "request" }).fill("SLEEP 300");
    await page.getByRole("button", { name: "Connect and send" }).click();
    const table = page.getByRole("region", { name: "what everybody does" });
    await table.locator("tr").filter({ hasText: /client 1.*idle/ }).waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    const seen: string[] = [];
    for (let n = 0; n < 40 && !seen.at(-1)?.includes("in business on main"); n++) {
      await page.getByRole("button", { name: "Step back" }).click();
      seen.push(await table.innerText());
    }
    assertStringIncludes(seen.at(-1) ?? "", "in business on main");
    await page.getByRole("button", { name: "Step forward" }).click();
    await page.getByRole("button", { name: "Step back" }).click();
    assertEquals(await table.innerText(), seen.at(-1));
    assertEquals(errors, []);
  },
);

labTest("page: what a client sends is text, whatever it looks like", async ({ page, errors }) => {
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.getByText("lesson 1's server runs").waitFor();
  await page.getByRole("textbox", { name: "request" }).fill("<img src=x onerror=alert(1)>");
  await page.getByRole("button", { name: "Connect and send" }).click();
  await page.getByRole("region", { name: "what everybody does" }).getByText("client 1").waitFor();
  assertEquals(await page.locator("img").count(), 0);
  assertEquals(errors, []);
});

pageTest("page: has something to see before its script has come", async ({ page }) => {
  const server = new PageServer(0);
  try {
    await page.route("**/page.js", (route) => route.abort());
    await page.goto(server.url, { waitUntil: "commit" });
    await page.getByRole("heading", { name: "connfd lab" }).waitFor();
    await page.getByText("getting ready").waitFor();
  } finally {
    await page.close();
    await server.stop();
  }
});

/** A real browser that looks at the lab's page. */
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import type { ClientState } from "../../lessons/lab/lanes/client_spans.ts";
import type { SavedRuns } from "../../lessons/lab/server/saved_runs.ts";
import { PageServer } from "../../lessons/lab/server/page_server.ts";

/** Debian's, and where others have it. */
const PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** What is waited for comes within that, or not at all. */
const PATIENCE_MS = 120_000;

/** Where the browser is; undefined: there is none, and the tests say so. */
export const BROWSER = PATHS.find((path) => {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
});

let browser: Promise<Browser> | undefined;

/** One for all tests of a file. */
function launched(): Promise<Browser> {
  return browser ??= chromium.launch({ executablePath: BROWSER, args: ["--no-sandbox"] });
}

Deno.test.afterAll(async () => await (await browser)?.close());

/** A page that is open, and what went wrong on it. */
export interface OpenPage {
  readonly page: Page;
  /** What the console said as an error. */
  readonly errors: readonly string[];
}

/** A page of the lab. */
export interface LabPage extends OpenPage {
  readonly server: PageServer;
  /** Where it is remembered what is played; the student's file stays as it is. */
  readonly progress: URL;
}

/** What the page looks like, and what it takes. */
interface Look {
  /** What the test needs and the machine does not have, besides a browser. */
  readonly missing?: string;
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
}

/** And what the lab is started with. */
interface Options extends Look {
  readonly command?: string;
  readonly saved?: SavedRuns;
}

/** A test with an empty page of its own, in a window of a size, light or dark. */
export function pageTest(
  title: string,
  body: (open: OpenPage) => Promise<void>,
  { width = 1280, height = 900, dark = false, missing }: Look = {},
): void {
  const lacks = BROWSER === undefined ? "Chromium" : missing;
  Deno.test({
    name: title + (lacks === undefined ? "" : ` (skipped: there is no ${lacks})`),
    ignore: lacks !== undefined,
    // The browser's program outlives a test's moment by some milliseconds.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      const viewport = { width, height };
      const browser = await launched();
      const page = await browser.newPage({ viewport, colorScheme: dark ? "dark" : "light" });
      try {
        page.setDefaultTimeout(PATIENCE_MS);
        const errors: string[] = [];
        page.on("console", (message) => {
          if (message.type() === "error") errors.push(message.text());
        });
        page.on("pageerror", ({ message }) => errors.push(message));
        await body({ page, errors });
      } finally {
        await page.close();
      }
    },
  });
}

/** The same, with the lab's page in it. */
export function labTest(
  title: string,
  body: (lab: LabPage) => Promise<void>,
  { command, saved, ...look }: Options = {},
): void {
  pageTest(title, async (open) => {
    const folder = await Deno.makeTempDir();
    const progress = pathToFileURL(`${folder}/.progress`);
    const server = new PageServer(0, command, saved, progress);
    try {
      await open.page.goto(server.url);
      const lessons = open.page.getByLabel("Lesson").locator("option");
      await lessons.nth(6).waitFor({ state: "attached" });
      await body({ ...open, server, progress });
    } finally {
      await open.page.close();
      await server.stop();
      await Deno.remove(folder, { recursive: true });
    }
  }, look);
}

/** The rows that tell what everybody does. */
export function rowsOf(page: Page): Locator {
  return page.getByRole("region", { name: "what everybody does" }).locator("tbody tr");
}

/** A client in the picture. */
export function tokenOf(page: Page, client: number): Locator {
  return page.locator(`.token[data-client="${client}"]`);
}

/** Waits until a client is in a state, in the picture. */
export async function tokenIs(page: Page, client: number, state: ClientState): Promise<void> {
  await tokenOf(page, client).and(page.locator(`[data-state="${state}"]`)).waitFor();
}

/** Waits for what the page does not show. Throws Error when it never comes. */
export async function until(what: string, holds: () => boolean | undefined): Promise<void> {
  const lastMs = performance.now() + PATIENCE_MS;
  while (!holds()) {
    if (performance.now() > lastMs) throw new Error(`it never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

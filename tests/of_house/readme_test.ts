/** What the Markdown files promise exists: files, tasks, lessons, and one version of Deno. */
import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import config from "../../deno.json" with { type: "json" };

const ROOT = new URL("../../", import.meta.url);
/** Folders of tools, and of what they install. */
const NOT_OURS = /^(\.git|node_modules|coverage)$/;

/** The paths of the files below a folder, from the project's folder. */
function filesBelow(folder: string, ending: RegExp): string[] {
  return Array.from(Deno.readDirSync(new URL(folder, ROOT))).flatMap((entry) => {
    if (NOT_OURS.test(entry.name)) return [];
    if (entry.isDirectory) return filesBelow(`${folder}${entry.name}/`, ending);
    return ending.test(entry.name) ? [folder + entry.name] : [];
  });
}

function read(path: string): string {
  return Deno.readTextFileSync(new URL(path, ROOT));
}

const README = read("README.md");
const MARKDOWN = filesBelow("./", /\.md$/);

function exists(url: URL): boolean {
  try {
    return Deno.statSync(url).isFile || url.pathname.endsWith("/");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

Deno.test("every relative link in a Markdown file leads to a file, or to a folder with a /", () => {
  const broken: string[] = [];
  for (const path of MARKDOWN) {
    const targets = read(path).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g);
    for (const [, link, attribute] of targets) {
      const target = (link ?? attribute).replace(/#.*$/, "");
      if (target === "" || /^[a-z]+:/.test(target)) continue;
      if (!exists(new URL(target, new URL(path, ROOT)))) broken.push(`${path}: ${target}`);
    }
  }
  assertEquals(broken, []);
});

Deno.test("every `deno task NAME` in a Markdown file is a task, and tells what it does", () => {
  const named = MARKDOWN.flatMap((path) =>
    Array.from(
      read(path).matchAll(/\bdeno(?:@[\d.]+)? task ([a-z][\w-]*)/g),
      ([, task]) => ({ path, task }),
    )
  );
  assert(named.length > 0);
  assertEquals(named.filter(({ task }) => !(task in config.tasks)), []);
  for (const [name, task] of Object.entries(config.tasks)) {
    assertNotEquals(task.description, "", name);
  }
});

Deno.test("the README's table has every lesson with its task and its model, in order", () => {
  const rows = Array.from(
    README.matchAll(/^\| \[(\d) .*\]\(lessons\/(.+)\/\) +\| `(.+)` +\| .*\(models\/(.+)\) +\|/gm),
    ([, number, folder, task, model]) => ({ number, folder, task, model }),
  );
  const names = (folder: string) =>
    Array.from(Deno.readDirSync(new URL(folder, ROOT)), ({ name }) => name)
      .filter((name) => /^\d/.test(name)).sort();
  assertEquals(rows.map(({ folder }) => folder), names("lessons/"));
  assertEquals(rows.map(({ model }) => model), names("models/"));
  for (const { number, folder, task } of rows) {
    assertEquals(task, `deno task lesson${number}`);
    assert(folder.startsWith(`${number}-`), `lesson ${number} in ${folder}`);
  }
});

Deno.test("one version of Deno is named, and CI runs the README's test command", () => {
  const [, ci] = /^DENO_VERSION=(\S+)$/m.exec(read(".ci/run")) ?? [];
  const files = [
    ...MARKDOWN,
    ...filesBelow(".github/", /\.yml$/),
    ...filesBelow(".ci/", /./),
    ...filesBelow(".devcontainer/", /./),
  ];
  for (const path of files) {
    for (const [, version] of read(path).matchAll(/\bdeno@(\d[\d.]*\d)/g)) {
      assertEquals(version, ci, path);
    }
  }
  assertStringIncludes(README, `\nnpx -y deno@${ci} task test\n`);
  assertStringIncludes(read(".ci/run"), '\ntests npx -y "deno@$DENO_VERSION" task test\n');
});

/** The book's texts: each link leads to a page of the book, and to a heading that is there. */
import { assert, assertEquals } from "@std/assert";
import { folderOf, LESSONS } from "../../lessons/catalogue.ts";
import { pageHtml } from "../../lessons/lab/book/page_html.ts";
import { besideIn, pageOf, TEXTS } from "../../lessons/lab/book/texts.ts";
import { htmlOf } from "../../lessons/lab/text/html_of.ts";
import { PROJECT } from "../../lessons/tools/task_arguments.ts";

const PATHS = [
  ...TEXTS,
  ...LESSONS.map((lesson) => ({
    path: `${folderOf(lesson)}/README.md`,
    page: pageOf(lesson.number),
  })),
];

/** By page, its text as HTML. */
const PAGES = new Map(PATHS.map(({ path, page }) => {
  const text = Deno.readTextFileSync(new URL(path, PROJECT));
  return [page, htmlOf(text, besideIn(path))];
}));

/** What a page has for links, besides its headings: the source of a lesson's model. */
function idsOf(page: string): string[] {
  const ids = (PAGES.get(page) ?? "").matchAll(/ id="([^"]*)"/g);
  return ["source", ...Array.from(ids, ([, id]) => id)];
}

Deno.test("book: every link of its texts leads somewhere in it", () => {
  const wrong = [...PAGES].flatMap(([page, html]) =>
    Array.from(html.matchAll(/href="([^":]+)"/g), ([, href]) => href).filter((href) => {
      const [target, hash = ""] = href.split("#");
      const known = target === "index.html" || PAGES.has(target || page);
      return !known || (hash !== "" && !idsOf(target || page).includes(hash));
    }).map((href) => `${page}: ${href}`)
  );
  assertEquals(wrong, []);
});

Deno.test("book: no text loses a picture", () => {
  const lost = PATHS.filter(({ path, page }) => {
    const text = Deno.readTextFileSync(new URL(path, PROJECT));
    const pictures = text.match(/^!\[/gm) ?? [], shown = PAGES.get(page)?.match(/<img /g) ?? [];
    return pictures.length !== shown.length;
  });
  assertEquals(lost, []);
});

Deno.test("book: each lesson has its picture, the one before and the one behind", () => {
  for (const { number } of LESSONS) {
    const html = PAGES.get(pageOf(number)) ?? "";
    assert(html.includes(`<img src="lesson-${number}.svg"`), `lesson ${number}`);
    for (const other of [number - 1, number + 1]) {
      if (other < 1 || other > LESSONS.length) continue;
      assert(html.includes(`href="lesson-${other}.html"`), `lesson ${number} to ${other}`);
    }
  }
});

Deno.test("book: what a client has sent ends no script of a page", () => {
  const data = { line: "</script><script>alert(1)</script><!--" };
  const html = pageHtml({ page: "index.html", title: "<b>", main: "", data });
  assertEquals(html.match(/<script/g)?.length, 2);
  assertEquals(html.match(/<\/script>/g)?.length, 2);
  const [, json = ""] = /id="data">(.*?)<\/script>/.exec(html) ?? [];
  assertEquals(JSON.parse(json), data);
  assert(html.includes("<title>&lt;b&gt;"));
});

/** Which texts the book has, each as a page, and where a link of one leads in it. */
import { folderOf, LESSONS, modelOf } from "../../catalogue.ts";
import { escaped } from "../text/escaped.ts";
import type { Beside } from "../text/html_of.ts";

/** A page of the book that is a text and nothing else. */
export interface Text {
  /** From the project's folder. */
  readonly path: string;
  readonly page: string;
  readonly title: string;
}

/** The texts that are no lesson, in the order in which they are read. */
export const TEXTS: readonly Text[] = [
  { path: "lessons/README.md", page: "first.html", title: "What one should know first" },
  {
    path: "lessons/below-the-runtime/README.md",
    page: "below.html",
    title: "Below the runtime",
  },
  { path: "lessons/comparison/README.md", page: "comparison.html", title: "Side by side" },
  { path: "lessons/protocol.md", page: "protocol.html", title: "The protocol" },
  { path: "lessons/faults.md", page: "faults.html", title: "Faults" },
];

/** The page on which all models race. */
export const RACE_PAGE = "race.html";

/** The page of a lesson. */
export function pageOf(number: number): string {
  return `lesson-${number}.html`;
}

/** The pictures of the texts: where each lies in the project, and its file in the book. */
export const PICTURES: ReadonlyMap<string, string> = new Map([
  ...LESSONS.map((lesson): [string, string] => [
    `${folderOf(lesson)}/diagram.svg`,
    `lesson-${lesson.number}.svg`,
  ]),
  ["lessons/below-the-runtime/diagram.svg", "below.svg"],
  ...["percentiles", "throughput", "memory"].map((name): [string, string] => [
    `lessons/comparison/${name}.svg`,
    `comparison-${name}.svg`,
  ]),
]);

/** A file of the project, or a folder for its text, and the page that has it. */
const PAGES: ReadonlyMap<string, string> = new Map([
  ["README.md", "index.html"],
  ...TEXTS.map(({ path, page }): [string, string] => [path, page]),
  ...LESSONS.flatMap((lesson): [string, string][] => [
    [`${folderOf(lesson)}/README.md`, pageOf(lesson.number)],
    [modelOf(lesson), `${pageOf(lesson.number)}#source`],
  ]),
]);

/** What becomes of the pictures and links of a text of the project. */
export function besideIn(path: string): Beside {
  return {
    image(href, words) {
      const picture = PICTURES.get(resolved(path, href));
      return picture === undefined ? "" : `<img src="${picture}" alt="${escaped(words)}">`;
    },
    page(href) {
      if (href.startsWith("#")) return href;
      const [, hash = ""] = href.split("#");
      const target = resolved(path, href);
      const page = PAGES.get(/\/$/.test(target) ? `${target}README.md` : target);
      return page && (hash === "" ? page : `${page.replace(/#.*/, "")}#${hash}`);
    },
  };
}

/** From the project's folder; without what stands behind `#`. */
function resolved(path: string, href: string): string {
  return new URL(href, new URL(path, "file:///")).pathname.slice(1);
}

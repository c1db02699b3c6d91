/** The pages of the book as HTML. What a page needs lies beside it, so that a folder is enough. */
import { LESSONS } from "../../catalogue.ts";
import { escaped } from "../text/escaped.ts";
import { pageOf, RACE_PAGE, TEXTS } from "./texts.ts";
import type { RecordedScene } from "./recorded.ts";

/** Nothing is fetched but what lies beside the page, and nothing is sent. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' data:; base-uri 'none'; form-action 'none'";

/** What stands on a page. */
export interface PageParts {
  /** The name of its file. */
  readonly page: string;
  readonly title: string;
  /** What is its own, as HTML. */
  readonly main: string;
  /** What its script shows; undefined: it has none. */
  readonly data?: unknown;
}

/** The whole page. */
export function pageHtml({ page, title, main, data }: PageParts): string {
  const script = data === undefined ? "" : `
    <script type="application/json" id="data">${jsonInHtml(data)}</script>
    <script defer src="book.js"></script>`;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="${POLICY}">
    <meta name="referrer" content="no-referrer">
    <title>${escaped(title)} - connfd</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="style.css">
    <link rel="stylesheet" href="book.css">${script}
  </head>
  <body class="book">
    <header><nav aria-label="the book"><ul>${links(page)}</ul></nav></header>
    <main>
${main}
    </main>
  </body>
</html>
`;
}

function links(current: string): string {
  const pages = [
    { page: "index.html", title: "connfd" },
    ...LESSONS.map(({ number, name }) => ({ page: pageOf(number), title: `${number} ${name}` })),
    { page: RACE_PAGE, title: "The race" },
    ...TEXTS,
  ];
  return pages.map(({ page, title }) =>
    `<li><a href="${page}"${page === current ? ' aria-current="page"' : ""}>${title}</a></li>`
  ).join("");
}

/** JSON that ends no script, whatever a client has sent. */
function jsonInHtml(data: unknown): string {
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}

/** A text in its own part of a page; a wide table is moved sideways, by keys too. */
export function articleHtml(html: string): string {
  const inner = html.replaceAll("<table>", `<div class="table" role="group" tabindex="0"><table>`)
    .replaceAll("</table>", "</table></div>");
  return `<article class="wide text">\n${inner}</article>`;
}

/** All scenes one below the other, for paper, and for whoever has no script. */
export function scenesHtml(
  scenes: readonly RecordedScene[],
  sentences: ReadonlyMap<string, string>,
  signs: readonly string[],
): string {
  const each = scenes.map(({ claim, words, lanes }) =>
    `<section><h3>${claim} ${escaped(sentences.get(claim) ?? "")}</h3>
<pre>${escaped(lanes.join("\n"))}</pre>
<p>${escaped(words)}</p></section>`
  ).join("\n");
  return `<article class="wide paper">\n<h2>The scenes</h2>
<p>${signs.map(escaped).join(" ")}</p>\n${each}</article>`;
}

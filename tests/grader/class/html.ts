/** Pages that need nothing else: one file, no script, nothing fetched. */
import { plainText } from "../report/plain_text.ts";
import { escaped } from "../../../lessons/lab/text/escaped.ts";

/** Whatever got into a page in spite of all: no script runs, and nothing is fetched. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";
const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem; border-bottom: 1px solid #8886; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.pass { color: #197a2f; } .fail { color: #b3261e; } .inconclusive { color: #8a6100; }
@media (prefers-color-scheme: dark) {
  .pass { color: #7bd88f; } .fail { color: #ff8a80; } .inconclusive { color: #f0c05a; }
}
.bar { display: inline-block; height: .8em; background: #6a8fd8; }
`;

/** A page. @param body HTML. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${body}</body>
</html>
`;
}

/** An element whose content is text. */
export function element(tag: string, text: string, className = ""): string {
  const attribute = className === "" ? "" : ` class="${escaped(className)}"`;
  return `<${tag}${attribute}>${escaped(text)}</${tag}>`;
}

/** A table. @param rows of cells: a number, a text, or HTML that was made here. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number | { html: string })[])[],
): string {
  const cell = (value: string | number | { html: string }) => {
    if (typeof value === "number") return `<td class="number">${value}</td>`;
    return typeof value === "string" ? element("td", value) : `<td>${value.html}</td>`;
  };
  const lines = rows.map((row) => `<tr>${row.map(cell).join("")}</tr>\n`).join("");
  const names = head.map((name) => `<th scope="col">${escaped(name)}</th>`).join("");
  return `<table>\n<thead><tr>${names}</tr></thead>\n<tbody>\n${lines}</tbody>\n</table>\n`;
}

/** A name that somebody chose: on one line, and not without end. */
export function nameText(name: string): string {
  return plainText(name, 100);
}

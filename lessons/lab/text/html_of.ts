/** A text of the course, from Markdown to HTML. */
import { Marked } from "marked";
import { escaped } from "./escaped.ts";
import { highlighted } from "./highlighted.ts";

/** What stands for things that lie beside the text. */
export interface Beside {
  /** A picture: its HTML. */
  readonly image: (href: string, words: string) => string;
  /** Where a relative link leads; undefined: nowhere, and its words stay. */
  readonly page: (href: string) => string | undefined;
}

/** The text as HTML; its headings have the ids that links to them expect. */
export function htmlOf(text: string, { image, page }: Beside): string {
  const marked = new Marked({
    renderer: {
      image: ({ href, text }) => image(href, text),
      heading({ tokens, depth, text }) {
        const inner = this.parser.parseInline(tokens);
        return `<h${depth} id="${escaped(headingId(text))}">${inner}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const inner = this.parser.parseInline(tokens);
        if (/^https?:/.test(href)) {
          return `<a href="${escaped(href)}" rel="noreferrer" target="_blank">${inner}</a>`;
        }
        const to = page(href);
        return to === undefined ? inner : `<a href="${escaped(to)}">${inner}</a>`;
      },
      code({ text, lang = "" }) {
        return `<pre tabindex="0"><code>${highlighted(text, lang)}</code></pre>\n`;
      },
    },
  });
  return marked.parse(text, { async: false });
}

/** As the sites that show Markdown make it: `What grading needs` is `what-grading-needs`. */
function headingId(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}_ -]/gu, "").replaceAll(" ", "-");
}

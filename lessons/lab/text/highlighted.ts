/** Source text with its words marked, for a page to colour. */
// @ts-types="./highlight.d.ts"
import hljs from "highlight.js/lib/core";
// @ts-types="./highlight_language.d.ts"
import shell from "highlight.js/lib/languages/bash";
// @ts-types="./highlight_language.d.ts"
import typescript from "highlight.js/lib/languages/typescript";
import { escaped } from "./escaped.ts";

hljs.registerLanguage("ts", typescript);
hljs.registerLanguage("sh", shell);

/** The text as HTML; a language that is not known leaves it as it is, escaped. */
export function highlighted(text: string, language: string): string {
  const known = hljs.getLanguage(language) !== undefined;
  return known ? hljs.highlight(text, { language }).value : escaped(text);
}

/** What is used of highlight.js: its own types bring the browser's along. */
interface Highlighter {
  registerLanguage(name: string, language: unknown): void;
  getLanguage(name: string): unknown;
  highlight(text: string, options: { language: string }): { value: string };
}
declare const highlighter: Highlighter;
export default highlighter;

/** The text of a lesson, taken apart: sections, code blocks, links, and what is claimed and cited. */
import { folderOf, lessonOf, modelOf } from "../../lessons/catalogue.ts";
import { ROOT } from "./program.ts";

/** A line of the trace for a person: thread, connection, what happened. */
const TRACE_LINE = /^ *\d+\.\d{6} +(\S+) +(?:#(\d+) +)?(\S.*)$/;

/** Stands in a trace for lines that are left out. */
const LEFT_OUT = "…";

/** A fenced block that begins at the left margin. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** What stands between the block before and this one. */
  readonly prose: string;
}

/** A lesson's README. */
export class LessonText {
  private constructor(readonly lesson: number, readonly url: URL, readonly text: string) {}

  static async read(lesson: number): Promise<LessonText> {
    const url = new URL(`${folderOf(lessonOf(lesson))}/README.md`, ROOT);
    return new LessonText(lesson, url, await Deno.readTextFile(url));
  }

  /** The model's source. */
  async modelSource(): Promise<string> {
    return await Deno.readTextFile(new URL(modelOf(lessonOf(this.lesson)), ROOT));
  }

  get blocks(): Block[] {
    let end = 0;
    return Array.from(this.text.matchAll(/^```(\w+)\n([^]*?)^```$/gm), (found) => {
      const [whole, language, text] = found;
      const prose = this.text.slice(end, found.index);
      end = found.index + whole.length;
      return { language, text, prose };
    });
  }

  /** The headings of the second level with what stands below each. */
  get sections(): Map<string, string> {
    const parts = this.text.split(/^## /m).slice(1);
    return new Map(parts.map((part) => {
      const lineEnd = part.indexOf("\n");
      return [part.slice(0, lineEnd), part.slice(lineEnd)];
    }));
  }

  /** Where links and pictures lead to. */
  get links(): string[] {
    return Array.from(this.text.matchAll(/\]\(([^)\s]+)\)/g), ([, target]) => target);
  }

  /** Everything that is set as code, in blocks and in lines: a line each. */
  get code(): string[] {
    const prose = this.text.replace(/^ *```\w+\n[^]*?^ *```$/gm, "");
    const inline = Array.from(prose.matchAll(/`([^`]+)`/g), ([, code]) => code);
    const blocks = this.text.matchAll(/^ *```sh\n([^]*?)^ *```$/gm);
    const lines = Array.from(blocks, ([, text]) => text.trim().split("\n")).flat();
    return [...inline, ...lines].map((code) => code.replace(/\s+/g, " ").trim());
  }

  /** The rows of the table of claims. */
  get claims(): { id: string; points: string }[] {
    const rows = this.text.matchAll(/^\| (\d\.\w+) *\| .+ \| (\S+) *\|$/gm);
    return Array.from(rows, ([, id, points]) => ({ id, points }));
  }
}

/** The anchors that GitHub makes of the headings of a page. */
export function anchorsOf(markdown: string): string[] {
  const headings = Array.from(markdown.matchAll(/^#+ (.*)$/gm), ([, heading]) => heading);
  return headings.map((heading) =>
    heading.toLowerCase().replace(/[^\p{L}\p{N}\- ]/gu, "").replaceAll(" ", "-")
  );
}

/** True when the excerpt stands in the source, line by line, deeper indented or not. */
export function standsIn(source: string, excerpt: string): boolean {
  const lines = excerpt.trimEnd().split("\n");
  for (let indent = 0; indent <= 12; indent += 2) {
    const block = lines.map((line) => line === "" ? "" : " ".repeat(indent) + line).join("\n");
    if (`\n${source}`.includes(`\n${block}\n`)) return true;
  }
  return false;
}

/** The words of a command line, with what stands in single quotes as one. */
export function shellWords(line: string): string[] {
  return Array.from(line.trim().matchAll(/'([^']*)'|\S+/g), ([word, quoted]) => quoted ?? word);
}

/**
 * A client's output, so that two of them can be compared: what differs from run to run becomes N.
 *
 * @param inOrder false: replies of several clients may come in any order.
 */
export function comparable(output: string, inOrder: boolean): string {
  const lines = output
    .replace(/\(\d+(\.\d)? ms\)/g, "(N ms)")
    .replace(/ in \d+ ms(;|$)/gm, " in N ms$1")
    .replace(/^pid:\d+/gm, "pid:N")
    .split("\n");
  return (inOrder ? lines : lines.sort()).join("\n");
}

/** True for a part of a server's trace. */
export function isTrace(text: string): boolean {
  return TRACE_LINE.test(text.split("\n")[0]);
}

/**
 * What a whole trace matches that has the lines shown: those of each connection in the same order,
 * and so those of each thread that belong to no connection. Which worker it was, is left open.
 */
export function tracePatterns(shown: string): RegExp[] {
  const groups = new Map<string, string[]>();
  for (const line of shown.trimEnd().split("\n").filter((line) => line !== LEFT_OUT)) {
    const [, thread, connection, what] = TRACE_LINE.exec(line)!;
    const words = [thread, connection && `#${connection}`, what].filter(Boolean).join(" ");
    const pattern = words.replace(/[.]/g, "\\.").replace(/ +/g, " +")
      .replace(/(worker|io|process|watch|event)-\d+/, "$1-\\d+").replace(/:\d+$/, ":\\d+")
      // For how long and behind whom depends on when the others came.
      .replace(/, +\+waited.*|(?<=start.*)$/, "(, waited [^\\n]*)?");
    const group = connection ? `#${connection}` : thread;
    groups.set(group, [...groups.get(group) ?? [], `\\d  ${pattern}\n`]);
  }
  return Array.from(groups.values(), (lines) => new RegExp(lines.join("[^]*?")));
}

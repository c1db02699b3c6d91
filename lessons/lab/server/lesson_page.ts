/** A lesson as the page shows it: its text, its picture, and its model's source with the five marks. */
import { folderOf, type Lesson, modelOf } from "../../catalogue.ts";
import { PROJECT } from "../../tools/task_arguments.ts";
import { claimsIn, notesIn, questionIn } from "../scenes/claims.ts";
import { SCENES } from "../scenes/scenes.ts";
import { type Beside, htmlOf } from "../text/html_of.ts";
import { highlighted } from "../text/highlighted.ts";

/** One line of a model's source. */
export interface SourceLine {
  readonly html: string;
  /** 1 to 5 where one of the five marks stands. */
  readonly mark?: number;
}

/** All that the page needs of a lesson. */
export interface LessonPage {
  readonly number: number;
  readonly title: string;
  readonly html: string;
  /** What is asked before anything is shown. */
  readonly question: string;
  /** The picture, to be put into the page, so that its parts can be found by their ids. */
  readonly diagram: string;
  readonly file: string;
  readonly source: readonly SourceLine[];
  /** All claims with their sentences; some have a scene that shows them. */
  readonly claims: readonly {
    readonly claim: string;
    readonly sentence: string;
    /** How it is tried; may be empty. */
    readonly note: string;
    readonly scene: boolean;
  }[];
}

/** The picture stands beside the text, and what a relative link leads to is not there. */
const NOTHING: Beside = { image: () => "", page: () => undefined };

/**
 * Reads a lesson's files.
 *
 * @param beside what the text's picture and links become.
 */
export async function lessonPage(lesson: Lesson, beside = NOTHING): Promise<LessonPage> {
  const read = (path: string) => Deno.readTextFile(new URL(path, PROJECT));
  const folder = folderOf(lesson);
  const [text, diagram, source] = await Promise.all([
    read(`${folder}/README.md`),
    read(`${folder}/diagram.svg`),
    read(modelOf(lesson)),
  ]);
  const notes = notesIn(text);
  const scenes = SCENES.get(lesson.number) ?? [];
  return {
    number: lesson.number,
    title: lesson.title,
    html: htmlOf(text, beside),
    question: questionIn(text),
    diagram,
    file: modelOf(lesson),
    source: sourceLines(source),
    claims: [...claimsIn(text)].map(([claim, sentence]) => ({
      claim,
      sentence,
      note: notes.get(claim) ?? "",
      scene: scenes.some((scene) => scene.claim === claim),
    })),
  };
}

/** A source file line by line, each with whole tags. */
export function sourceLines(source: string, language = "ts"): SourceLine[] {
  const open: string[] = [];
  return highlighted(source.trimEnd(), language).split("\n").map((line) => {
    const before = open.join("");
    for (const [tag] of line.matchAll(/<span[^>]*>|<\/span>/g)) {
      if (tag === "</span>") open.pop();
      else open.push(tag);
    }
    // Only a heading begins so; "back at [1] at once" passes no mark.
    const mark = /\[([1-5])\] [A-Z]/.exec(line)?.[1];
    const html = before + line + "</span>".repeat(open.length);
    return mark === undefined ? { html } : { html, mark: Number(mark) };
  });
}

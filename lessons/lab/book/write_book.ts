/** Writes the book: a page a lesson with its recorded scenes, the other texts, and what pages need. */
import { folderOf, type Lesson, LESSONS } from "../../catalogue.ts";
import { askedOn } from "../../play/asked_on.ts";
import { PROJECT } from "../../tools/task_arguments.ts";
import type { Run } from "../run/run.ts";
import { legend } from "../screen/draw.ts";
import { bundleScript, pageFile } from "../server/bundle.ts";
import { lessonPage } from "../server/lesson_page.ts";
import { escaped } from "../text/escaped.ts";
import { htmlOf } from "../text/html_of.ts";
import { articleHtml, pageHtml, scenesHtml } from "./page_html.ts";
import { recordScenes, recordValues } from "./recorded.ts";
import { racesHtml, recordRaces } from "./recorded_races.ts";
import { besideIn, pageOf, PICTURES, RACE_PAGE, TEXTS } from "./texts.ts";

/** Wide enough for a sentence on a line. */
const LEGEND_COLUMNS = 1000;

/** What to write, and who hears of it. */
export interface BookOptions {
  /** Where to write; the folder is there. */
  readonly folder: string;
  /** Whose scenes are recorded, and whose models race. Default: those of all lessons. */
  readonly lessons?: readonly Lesson[];
  /** Is told what comes next. */
  readonly onStep?: (what: string) => void;
  /** Is told each run before it starts, to be able to end it. */
  readonly onRun?: (run: Run) => void;
}

/** Writes it. Throws `NotShown`, `ServerFailed`, and what `Deno.writeTextFile` throws. */
export async function writeBook(options: BookOptions): Promise<void> {
  const { folder, lessons = LESSONS, onStep = () => {} } = options;
  const write = (name: string, text: string) => Deno.writeTextFile(`${folder}/${name}`, text);
  await write("style.css", await pageFile("style.css"));
  await write("book.css", await pageFile("book.css"));
  await write("book.js", await bundleScript("book.tsx", "iife"));
  await write("index.html", indexHtml());
  for (const { path, page, title } of TEXTS) {
    const html = htmlOf(await Deno.readTextFile(new URL(path, PROJECT)), besideIn(path));
    await write(page, pageHtml({ page, title, main: articleHtml(html) }));
  }
  for (const lesson of lessons) {
    onStep(`lesson ${lesson.number}: ${lesson.name}`);
    await write(pageOf(lesson.number), await lessonHtml(lesson, options));
  }
  onStep("the race");
  await write(RACE_PAGE, await raceHtml(lessons, options));
  for (const [path, picture] of PICTURES) {
    await write(picture, await Deno.readTextFile(new URL(path, PROJECT)));
  }
}

async function lessonHtml(
  lesson: Lesson,
  { onRun = () => {} }: BookOptions,
): Promise<string> {
  const { html, ...shown } = await lessonPage(lesson, besideIn(`${folderOf(lesson)}/README.md`));
  const recorded = await recordScenes(lesson, onRun);
  const sentences = new Map(shown.claims.map(({ claim, sentence }) => [claim, sentence]));
  const scenes = recorded.map(({ claim, words, events }) => ({ claim, words, events }));
  const signs = legend(LEGEND_COLUMNS);
  const games = await askedOn(lesson);
  return pageHtml({
    page: pageOf(lesson.number),
    title: `Lesson ${lesson.number}: ${lesson.name}`,
    main: `<div id="see"></div>
${articleHtml(html)}
${scenesHtml(recorded, sentences, signs)}`,
    data: { lesson: shown, scenes, games, values: await recordValues(lesson, onRun) },
  });
}

async function raceHtml(
  lessons: readonly Lesson[],
  { onRun = () => {} }: BookOptions,
): Promise<string> {
  const races = await recordRaces(lessons, onRun);
  return pageHtml({
    page: RACE_PAGE,
    title: "The race",
    main: `<div id="see"></div>\n${racesHtml(races)}`,
    data: { races: races.map(({ words, racers }) => ({ words, racers })) },
  });
}

function indexHtml(): string {
  const rows = LESSONS.map(({ number, name, title, atOnce }) =>
    `<tr><th scope="row"><a href="${pageOf(number)}">${number} ${name}</a></th>` +
    `<td>${title}</td><td>${atOnce}</td></tr>`
  ).join("\n");
  const texts = TEXTS.map(({ page, title }) => `<li><a href="${page}">${title}</a></li>`).join("");
  const main = `<h1>connfd: seven ways to serve many clients at once</h1>
<p>A course on concurrent TCP servers that you run and watch. This book has its lessons, and of each
lesson real runs that were recorded: what every thread and every client did, and for whom one waited.
Pick a lesson and a scene, then play it in slow motion, step through it, or zoom in. Nothing has to be
installed for that.</p>
<table><thead><tr><th scope="col">lesson</th><th scope="col">the model</th>
<th scope="col">at once</th></tr></thead>
<tbody>
${rows}
</tbody></table>
<p><a href="${RACE_PAGE}">The race</a>: the same work for all of them, on one time axis.</p>
<p>Besides:</p>
<ul>${texts}</ul>
<p>To drive the servers yourself, add clients, and have a server of your own graded, run the course on
your own machine: <code>npx -y deno@${escaped(Deno.version.deno)} task lab</code> in its folder.
These runs were recorded with Deno ${escaped(Deno.version.deno)} on ${Deno.build.os}, with
${navigator.hardwareConcurrency} cores.</p>`;
  return pageHtml({ page: "index.html", title: "The book", main: articleHtml(main) });
}

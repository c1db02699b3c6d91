/**
 * What stands on the page below the tables of the models: other servers and pools, and plots over the
 * number of clients. Each is what another command measures, and names it.
 */
import { block } from "./page.ts";
import { markdownTable } from "./table.ts";
import { machineText, thisMachine } from "./machine.ts";
import { parseLoadArguments, PROGRAM as LOAD } from "../load/arguments.ts";
import { type LoadFigures, SCHEMA, type Spread } from "../load/figures.ts";
import { plotsOf } from "../load/plots.ts";
import { measureAll } from "../load/points.ts";
import { figureText, rangeText } from "../load/table.ts";
import { PROGRAM as PEERS } from "../peers/arguments.ts";
import { peers } from "../peers/servers.ts";
import {
  ASKINGS,
  type PeerRow,
  type SideBySide,
  sideBySide,
  TRIPS,
} from "../peers/side_by_side.ts";
import { Builder } from "../servers/other_languages/build.ts";

const LOAD_WORDS = "3 4 5 --io deno,kernel --clients 1,10,100,1000";
const EFFORT = { rounds: 3, seconds: 1 };

/** What there is to see, by the names of the plots' files. */
const CAPTIONS: Readonly<Record<string, string>> = {
  "percentiles.svg": "How long replies took: half of them, nine of ten, and so on.",
  "throughput.svg": "Requests a second, and the server's CPU time for one, over the clients.",
  "memory.svg": "The server's memory and threads over the clients.",
};

/** The text below the tables, in Markdown, and the plots that it shows. */
export interface Further {
  readonly markdown: string;
  readonly plots: Readonly<Record<string, string>>;
}

/** Measures it, which takes some eight minutes. @param progress is told what is being done. */
export async function measureFurther(progress: (text: string) => void): Promise<Further> {
  await using builder = new Builder("-O2");
  const beside = await sideBySide(
    peers(builder),
    () => true,
    EFFORT,
    (text) => progress(`${text}:`),
  );
  const request = parseLoadArguments(LOAD_WORDS.split(" "), "/");
  if (request === "help") throw new TypeError("the words of the load ask for help");
  const machine = await thisMachine();
  const date = new Date().toISOString();
  const found = await measureAll(
    request,
    (what) => progress(`${what}:`),
    new AbortController().signal,
  );
  const figures: LoadFigures = {
    schema: SCHEMA,
    ...{ date, command: `${LOAD} ${LOAD_WORDS}`, machine },
    ...{ work: request.work, pipeline: 1, churn: false, idle: 0, seconds: request.seconds },
    ...{ warm_up_seconds: request.warmUpSeconds, generator_threads: request.threads },
    ...{ cut_short: false, ...found },
  };
  const plots = plotsOf(figures);
  return { markdown: furtherText(beside, figures), plots };
}

/** The text, with nothing measured. */
export function furtherText(beside: SideBySide, figures: LoadFigures): string {
  return [
    "### Beside other servers\n",
    "CPU time of a `PING` in µs for the first row, and as a multiple of it for the others, with the least\n" +
    "and the most of the rounds in brackets; then the same for the time of a job that does nothing, to a\n" +
    "pool's worker and back:\n",
    block("sh", `${PEERS}\n`),
    peersTable("CPU for a PING", beside.servers, ASKINGS.map(({ name }) => name)),
    peersTable("A pool's trip", beside.pools, TRIPS),
    ...beside.missing.length === 0 ? [] : [block("text", beside.missing.join("\n") + "\n")],
    "### Over the number of clients\n",
    block("sh", `${figures.command} --svg lessons/comparison\n`),
    block("text", `${figures.date.slice(0, 10)}\n${machineText(figures.machine)}\n`),
    ...Object.entries(CAPTIONS).map(([name, caption]) => `![${caption}](${name})\n`),
    ...figures.missing.length === 0 ? [] : [block("text", figures.missing.join("\n") + "\n")],
  ].join("\n");
}

function peersTable(title: string, rows: readonly PeerRow[], works: readonly string[]): string {
  const cells = rows.map(({ name, us, ratio }, i) => [
    name,
    ...works.map((work) => cellText(i === 0 ? us[work] : ratio[work])),
  ]);
  return markdownTable([title, ...works], cells);
}

function cellText(spread: Spread | undefined): string {
  return spread === undefined ? "–" : `${figureText(spread.median)} (${rangeText(spread)})`;
}

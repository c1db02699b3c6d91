/** Servers that are graded in order to grade the grader: the files of a folder, and what each says. */
import { lessonOf, startsProcesses } from "../../lessons/catalogue.ts";
import { procExists } from "../grader/server/proc.ts";
import type { Target } from "../grader/server/target.ts";
import { type Builder, missingTool } from "./other_languages/build.ts";

/** A file that is a server: `3_together.py` is one for lesson 3. */
const SERVER = /^[1-7]_\w+\.(ts|c|py|mjs|go|java|rb)$/;
/** In a server's header: `Loses: 2.P2 2.C1`. */
const LOSES = /^[ *#/]*Loses: ((?:\d\.[PCR]\d ?)+)$/m;
const SERVERS = new URL("./", import.meta.url);
const SHARED = new URL("other_languages/", SERVERS);

/** A folder of `tests/servers/` whose files say what becomes of them. */
export type Folder = "unusual" | "pretenders";

/** A server, and what is to become of it. */
export interface GradedServer {
  readonly folder: Folder;
  readonly file: string;
  readonly lesson: number;
  /** The claims that it has to lose, by their ids. */
  readonly loses: readonly string[];
  /** The beginning of its comment, which says whether it is right. */
  readonly header: string;
  /** Why it cannot be tried here, for a test's name; "" when it can. */
  readonly skipped: string;
}

/** The servers of a folder, in the order of their names. */
export function serversIn(folder: Folder): GradedServer[] {
  const home = new URL(`${folder}/`, SERVERS);
  const names = Array.from(Deno.readDirSync(home), ({ name }) => name);
  return names.filter((name) => SERVER.test(name)).sort().map((file) => {
    const text = Deno.readTextFileSync(new URL(file, home));
    const missing = procExists ? missingTool(file) : "Linux's /proc";
    return {
      folder,
      file,
      lesson: Number(file[0]),
      loses: LOSES.exec(text)?.[1].trim().split(" ") ?? [],
      header: text.split("\n").slice(0, 3).join("\n"),
      skipped: missing === undefined ? "" : ` (skipped: ${missing} is not there)`,
    };
  });
}

/** The server as a target. Throws Error when it does not compile. */
export async function targetOf({ folder, file }: GradedServer, builder: Builder): Promise<Target> {
  const home = new URL(`${folder}/`, SERVERS);
  const url = new URL(file, home);
  const name = url.pathname.split("/").slice(-4).join("/");
  if (!file.endsWith(".ts")) return { kind: "command", name, command: await builder.command(url) };
  const reads = [home, SHARED].map(({ href }) => href);
  const processes = startsProcesses(lessonOf(Number(file[0]))) ? "trusted" : undefined;
  return { kind: "file", name, url: url.href, reads, processes };
}

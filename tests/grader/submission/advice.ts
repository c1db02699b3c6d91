/** What to look at first in a student's file, found by its text and by what it has said. */
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { USUAL_BOUNDS } from "./copy_folder.ts";
import { readInside } from "./inside.ts";
import { tellingLines } from "../server/said.ts";
import type { Target } from "../server/target.ts";
import { shapeAdvice, waitAdvice } from "./shape_advice.ts";
import { PARTS_NEEDED } from "./parts_needed.ts";

/** The line of an exercise that is to go when the student's own loop is there. */
const STARTER = /^ *\/\/ Until your loop is there: .*$/m;
/** What error messages of JavaScript mean to somebody who meets them for the first time. */
const MESSAGES: readonly (readonly [message: RegExp, advice: string])[] = [
  [/is not iterable/, "Is an `await` missing before what the loop goes through?"],
  [/(\w+) is not defined/, "Is `$1` imported, and written as it is there?"],
  [
    /no program of the kind|has no program/,
    "Is the thread's program there, outside of every function?",
  ],
  [
    /'bytes'|'last'|reply\(\) takes what/,
    "What reply() gets has to be what business.run() returned: does the function return it?",
  ],
  [
    /Module not found/,
    "There is no such file: the program of this server's threads is the file itself, import.meta.url.",
  ],
  [
    /Top-level await promise never resolved/,
    "All of it waits for what never comes: does somebody accept, or watch the listener?",
  ],
  [
    /'(\w+)' of undefined|undefined \(reading '(\w+)'\)/,
    "What `$1` is asked of is undefined there: who gives it, and is an `await` missing?",
  ],
  [
    /(\S+) is not a function/,
    "There is no function `$1`: the head of exercise.ts names all that you need.",
  ],
];
const THROWN = /^(\S+:\d+:\d+): /;
const UNCAUGHT = "Nobody catches what is thrown at $1: it ends the thread that runs there.";
/** What is seen of a request whose way is not as it should be. */
const OF_A_CLIENT = /nothing comes|request|repl(y|ies)|closed the connection/;
/** What is seen where a step on the request's way is missing. */
const SILENT = /nothing comes|closed the connection|reset|broke/;

/**
 * @param verdict of a claim that failed.
 * @returns advice, "" when there is none.
 */
export function adviceOn(
  target: Target,
  lesson: number,
  { measured, said = [] }: { readonly measured: string; readonly said?: readonly string[] },
): string {
  if (target.kind !== "file") return "";
  const text = textOf(target.url);
  const starter = STARTER.exec(text);
  if (starter !== null) return starterAdvice(text, starter.index);
  const lines = [...said, ...tellingLines(measured)];
  const shape = shapeAdvice(code(text), lesson);
  if (shape !== "" && (lines.length > 0 || OF_A_CLIENT.test(measured))) return shape;
  const explained = lines.map(explanation).find((advice) => advice !== "");
  if (explained !== undefined) return explained;
  const thrown = said.map((line) => THROWN.exec(line)?.[1]).find((place) => place !== undefined);
  if (thrown !== undefined) return UNCAUGHT.replace("$1", thrown);
  if (!SILENT.test(measured)) return "";
  const missing = missingAdvice(text, lesson);
  return missing === "" ? waitAdvice(code(text), lesson) : missing;
}

/** Whether a text is an exercise that nobody has begun. */
export function isUntouched(text: string): boolean {
  return STARTER.test(text);
}

/** What an error message means; "" when it is none that is known. */
export function explanation(line: string): string {
  for (const [message, advice] of MESSAGES) {
    const found = message.exec(line);
    if (found !== null) return advice.replace("$1", found[1] ?? found[2] ?? "");
  }
  return "";
}

function starterAdvice(text: string, index: number): string {
  const line = text.slice(0, index).split("\n").length;
  return `Line ${
    line + 1
  } is still the loop that stands there until yours does: it accepts every ` +
    "client and serves none. Write yours at 'Your turn', and delete that line.";
}

/** The first parts that the file has nowhere, comments left out. */
function missingAdvice(text: string, lesson: number): string {
  const missing = (PARTS_NEEDED[lesson] ?? []).filter(([part]) => !part.test(code(text)));
  if (missing.length === 0) return "";
  const [[, name, without]] = missing;
  const others = missing.slice(1, 4).map(([, other]) => `\`${other}\``).join(", ");
  return `Nowhere in the file is \`${name}\`: ${without}.` +
    (others === "" ? "" : ` Nor is ${others}.`);
}

/** The file's text without its comments and imports. */
function code(text: string): string {
  return text.replace(/\/\*[^]*?\*\/|^import [^]*?;$|(^|\s)\/\/.*$/gm, "");
}

/** "" when it cannot be read, or is no ordinary file: a named pipe would be waited for, without end. */
function textOf(url: string): string {
  try {
    const path = fileURLToPath(url);
    const own = join(Deno.realPathSync(dirname(path)), basename(path));
    const bytes = readInside(own, own, USUAL_BOUNDS.fileBytes);
    return typeof bytes === "string" ? "" : new TextDecoder().decode(bytes);
  } catch {
    return "";
  }
}

/**
 * `deno task lesson4 --demo`: the lesson's server, the scenes that show its pros and cons, and for each
 * the lanes of what happened, with a sentence under them. On a terminal a scene at a time, each with
 * what the signs are for.
 */
import { bold, dim } from "@std/fmt/colors";
import { folderOf, type Lesson } from "../catalogue.ts";
import { somebodyReads, waitForEnter } from "../tools/pages.ts";
import { colourFor, complain, endOnCtrlC, print } from "../tools/screen.ts";
import { PROJECT } from "../tools/task_arguments.ts";
import { playShown } from "./run/play_shown.ts";
import { Run } from "./run/run.ts";
import { ServerFailed } from "./run/server_failed.ts";
import { claimsIn } from "./scenes/claims.ts";
import type { Scene } from "./scenes/scene.ts";
import { SCENES } from "./scenes/scenes.ts";
import { drawLanes, legend } from "./screen/draw.ts";
import { columnsOfOutput } from "./screen/width.ts";
import { wrap } from "./screen/wrap.ts";

/** What a Ctrl-C has to end. */
let underWay: Run | undefined;

/**
 * Shows all scenes of a lesson.
 *
 * @param flags more flags for the server, such as `--exercise`.
 * @returns the exit code.
 */
export async function demo(lesson: Lesson, flags: readonly string[] = []): Promise<number> {
  colourFor(Deno.stdout);
  endOnCtrlC(async () => await underWay?.stop());
  const columns = columnsOfOutput();
  const text = await Deno.readTextFile(new URL(`${folderOf(lesson)}/README.md`, PROJECT));
  const claims = claimsIn(text);
  print(`${bold(`Lesson ${lesson.number}: ${lesson.title}`)}\n\n`);
  const signs = legend(columns).map((line) => `${dim(line)}\n`).join("");
  const pages = somebodyReads();
  if (!pages) print(signs);
  try {
    for (const [at, scene] of (SCENES.get(lesson.number) ?? []).entries()) {
      if (at > 0) await waitForEnter("the next scene");
      const sentence = claims.get(scene.claim) ?? "";
      print(`\n${wrap(`${scene.claim} ${sentence}`, columns).map(bold).join("\n")}\n\n`);
      print(`${(await drawn(scene, lesson, flags, columns)).join("\n")}\n`);
      if (pages) print(`\n${signs}`);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof ServerFailed)) throw error;
    complain(error.message);
    return 1;
  }
}

/** Plays the scene, and draws what happened. */
async function drawn(
  scene: Scene,
  lesson: Lesson,
  flags: readonly string[],
  columns: number,
): Promise<string[]> {
  const newRun = () => underWay = new Run();
  const { run, seen, trouble } = await playShown(scene, lesson, { flags, newRun });
  const words = trouble ?? seen ?? "This run does not show it.";
  return [...drawLanes(run.lanes, columns), "", ...wrap(words, columns)];
}

/** Whether an exercise is as we deliver it, or a student has begun it: then it is the student's own. */
import { ROOT } from "./program.ts";

/** What keeps a stub alive; its own comment tells the student to delete it. */
const STARTER = /\n +\/\/ Until your loop is there: .*\n +while \(.*;\n/;

/** An exercise as it is found. */
export interface Exercise {
  readonly path: string;
  readonly source: string;
  /** A student has begun it; a repository that CI tests has no such student. */
  readonly begun: boolean;
}

/** The exercise in a lesson's folder, such as `3-io-multiplexing`. */
export function exerciseIn(folder: string): Exercise {
  const path = `lessons/${folder}/exercise.ts`;
  const source = Deno.readTextFileSync(new URL(path, ROOT));
  return { path, source, begun: !Deno.env.has("CI") && (!STARTER.test(source) || isChanged(path)) };
}

/** True when the file is not as it was committed; false where Git cannot tell. */
function isChanged(path: string): boolean {
  try {
    const args = ["diff", "--quiet", "HEAD", "--", path];
    return new Deno.Command("git", { args, cwd: ROOT, stderr: "null" }).outputSync().code === 1;
  } catch {
    return false;
  }
}

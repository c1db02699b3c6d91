/**
 * The DENO_DIR of submissions: Deno's caches, but not the user's.
 *
 * A web page's storage (`localStorage`, the Cache API) needs no permission in Deno: a submission
 * could fill the disk, or leave notes for its next run. It is kept in `location_data`; where that is
 * a file, and no folder, there is no such storage.
 */
import { TargetError } from "../server/target.ts";
import { makeScratch } from "./scratch.ts";

let made: string | undefined;

/**
 * The folder's path. It lies in the user's own DENO_DIR, and is made when it is not there; in a
 * temporary folder where nothing can be made there.
 */
export function submissionDenoDir(): string {
  return made ??= make();
}

function make(): string {
  const { success, stdout } = new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "--no-config"],
    stderr: "null",
  }).outputSync();
  if (!success) throw new TargetError("`deno info` does not tell where Deno keeps its cache");
  const { denoDir, npmCache } = JSON.parse(new TextDecoder().decode(stdout));
  try {
    return filled(`${denoDir}/connfd_submissions`, npmCache);
  } catch {
    // Read-only, as in many a classroom.
    return filled(`${makeScratch()}/connfd_submissions`, npmCache);
  }
}

function filled(folder: string, npmCache: string): string {
  Deno.mkdirSync(folder, { recursive: true });
  Deno.writeTextFileSync(`${folder}/location_data`, "");
  link(npmCache, `${folder}/npm`);
  return folder;
}

function link(target: string, path: string): void {
  try {
    Deno.symlinkSync(target, path);
  } catch (error) {
    // Another grader made it.
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  }
}

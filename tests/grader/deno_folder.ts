/**
 * The DENO_DIR of submissions: Deno's caches, but not the user's.
 *
 * A web page's storage (`localStorage`, the Cache API) needs no permission in Deno: a submission
 * could fill the disk, or leave notes for its next run. It is kept in `location_data`; where that is
 * a file, and no folder, there is no such storage.
 */
import { TargetError } from "./target_error.ts";

let made: string | undefined;

/** The folder's path. It lies in the user's own DENO_DIR, and is made when it is not there. */
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
  const folder = `${denoDir}/connfd_submissions`;
  try {
    Deno.mkdirSync(folder, { recursive: true });
    Deno.writeTextFileSync(`${folder}/location_data`, "");
    link(npmCache, `${folder}/npm`);
  } catch (error) {
    throw new TargetError(`no cache for submissions can be made in ${folder}: ${error}`);
  }
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

/**
 * Takes in a stranger's file: it is copied with all that lies in its folder, and the copy is looked
 * at before anything of it runs: whether it can be graded, and whether all that it imports may be
 * imported. Types are not checked: that is the editor's matter, and Deno runs a file whose types are
 * wrong.
 *
 * What a submission may use: files of its own folder, `models/parts`, what Node and the standard
 * library bring along. Not the models, nor a lesson's server, which is a model. At run time Deno lets
 * it read its copy and `models/parts` and nothing else, in threads of its own too; so what is looked
 * at beforehand decides nothing but how well the reason is told.
 *
 * The copy lies where `../../models/parts/` means the same as in a lesson's folder: an import map
 * leads from there to the course.
 */
import course from "../../../deno.json" with { type: "json" };
import { lstatSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { UsageError } from "../../../lessons/tools/flags.ts";
import { copyFolder } from "./copy_folder.ts";
import { ImportsCheck } from "./imports_check.ts";
import { isInside } from "./inside.ts";
import { MODULES, OwnFolder } from "./own_folder.ts";
import { quoted, Refused } from "./refused.ts";
import type { Target } from "../server/target.ts";
import { makeScratch, removeIfThere } from "./scratch.ts";

/** A target and how to clear it away, or why there is none, in one line. */
export type Taken =
  | { readonly target: Extract<Target, { kind: "file" }>; remove(): void }
  | { readonly refused: string };

/** An archive that is not opened, and those that are. */
const OTHER_ARCHIVE = /\.(rar|7z|gz|bz2|xz|zst|z|lzma|cab|iso)$/i;
const ARCHIVES = ".zip, .tar and .tar.gz";

/** Where the copy lies in its temporary folder: as deep as a lesson's folder in the course. */
const PLACE = "lessons/submission";
const PARTS = new URL("../../../models/parts/", import.meta.url).href;

/**
 * Takes in a submission.
 *
 * @param path the file, from the current folder.
 * @param within nothing outside of it is the submission's: a folder, or the file alone. Default: the
 *   file's folder.
 * @returns the target to be graded, or why it is refused: one line, safe to show.
 * @throws UsageError when there is no place for a copy.
 */
export async function takeSubmission(
  path: string,
  within = dirname(resolve(path)),
): Promise<Taken> {
  const scratch = makeScratch();
  const remove = () => removeIfThere(scratch);
  try {
    const { folder, name, left } = copied(path, within, scratch);
    const config = configOf(scratch);
    const url = await new ImportsCheck(new OwnFolder(folder, scratch), config, left).check(name);
    return { target: { kind: "file", name: path, url, config }, remove };
  } catch (error) {
    remove();
    if (error instanceof Refused) return { refused: error.line };
    if (!(error instanceof Error)) throw error;
    // What is the submission's fault was said: this is a disk that is full, or the like.
    throw new UsageError(`no copy can be made in ${scratch}: ${error.message.split("\n")[0]}`);
  }
}

function configOf(scratch: string): string {
  return join(scratch, "deno.json");
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Copies the file and its folder. */
function copied(path: string, within: string, scratch: string) {
  const alone = resolve(within) === resolve(path);
  const real = realPath(alone ? dirname(resolve(path)) : within),
    base = realPath(dirname(resolve(path)));
  // Without the folders on the way: a student need not know where things lie on this machine.
  const name = basename(resolve(path)), shown = quoted(name);
  if (name.includes("\ufffd")) {
    throw new Refused(`${shown} has a name that is not UTF-8: rename it`);
  }
  if (base === undefined || real === undefined) throw new Refused(`${shown} does not exist`);
  if (!isInside(real, base)) {
    throw new Refused(`${shown} lies outside of the submission's folder, by a symbolic link`);
  }
  // What is a folder is told so below.
  const isModule = MODULES.some((ending) => name.toLowerCase().endsWith(ending));
  if (!isModule && !isFolder(join(base, name))) {
    const archive = OTHER_ARCHIVE.test(name) ? `; of archives ${ARCHIVES} are opened` : "";
    throw new Refused(`${shown} is not a TypeScript or JavaScript file${archive}`);
  }
  const folder = join(scratch, PLACE);
  const imports = { ...course.imports, "./models/parts/": PARTS };
  Deno.mkdirSync(folder, { recursive: true });
  Deno.writeTextFileSync(configOf(scratch), JSON.stringify({ imports, lock: false }));
  const own = alone ? join(base, name) : real;
  const left = copyFolder({ folder: base, first: [name], onlyFirst: alone, own }, folder);
  const why = left.get(name);
  if (why !== undefined) throw new Refused(`${shown} ${why}`);
  return { folder, name, left };
}

function realPath(path: string): string | undefined {
  try {
    return Deno.realPathSync(path);
  } catch {
    return undefined;
  }
}

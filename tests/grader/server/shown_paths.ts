/**
 * Paths as the student knows them. A submission runs as a copy in a temporary folder, and nobody is
 * helped by that folder's name; nor is it anybody's business where the course lies.
 */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Target } from "./target.ts";

const ROOT = new URL("../../../", import.meta.url);

/** @returns what makes a text of the target's ready to be shown. */
export function pathsShown(target: Target): (text: string) => string {
  const folders: [url: URL, shown: string][] = [[ROOT, ""]];
  if (target.kind === "file") {
    const folder = dirname(target.name);
    folders.unshift([new URL(".", target.url), folder === "." ? "" : `${folder}/`]);
  }
  const pairs = folders.flatMap(([url, shown]) => [[url.href, shown], [fileURLToPath(url), shown]]);
  return (text) => pairs.reduce((so, [path, shown]) => so.replaceAll(path, shown), text);
}

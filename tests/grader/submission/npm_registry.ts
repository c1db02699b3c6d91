/**
 * The npm registry from which this course's packages came. Deno keeps them in a folder that is named
 * after it; who runs without the grader's environment and home, as a server under test does, has to be
 * told, or finds none of them.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const VARIABLE = "NPM_CONFIG_REGISTRY";

/** The variable with which a program finds the packages; none for the usual registry. */
export function registryVariable(): Record<string, string> {
  const home = Deno.env.get("HOME");
  const files = [ROOT, ...(home === undefined ? [] : [home])].map((folder) =>
    join(folder, ".npmrc")
  );
  const url = files.map(registryIn).find((found) => found !== undefined) ?? Deno.env.get(VARIABLE);
  return url === undefined ? {} : { [VARIABLE]: withoutUser(url) };
}

/** As npm's own file names it, of all packages that have no registry of their own. */
function registryIn(file: string): string | undefined {
  try {
    const [, url] = /^\s*registry\s*=\s*(\S+)\s*$/m.exec(Deno.readTextFileSync(file)) ?? [];
    return url?.replace(/\$\{(\w+)\}/g, (_, name) => Deno.env.get(name) ?? "");
  } catch {
    return undefined;
  }
}

/** A password is nothing for a stranger's program, and nothing is fetched there. */
function withoutUser(url: string): string {
  return url.replace(/^(\w+:\/\/)[^/@]*@/, "$1");
}

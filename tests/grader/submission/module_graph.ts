/** What a file imports, and what that imports, as Deno sees it. Nothing of it is run. */
import { Offspring } from "../server/offspring.ts";
import { watchLimits } from "../server/limits.ts";

/** One module of the graph. */
export interface GraphModule {
  /** Why it cannot be read or parsed. */
  readonly error?: string;
  readonly imports: readonly Import[];
}

/** An import that takes part when the module runs; one of types only does not. */
export interface Import {
  /** As it is written in the module. */
  readonly written: string;
  /** What it stands for: a URL. Undefined when it stands for nothing. */
  readonly url?: string;
}

/** The modules of a graph, by URL. */
export type ModuleGraph = ReadonlyMap<string, GraphModule>;

/** It takes 0.1 s. A named pipe or /dev/zero would take for ever. */
const LIMIT_MS = 10_000;

/** What `deno info --json` says, as far as it is used here. */
interface DenoInfo {
  readonly modules: readonly {
    readonly specifier: string;
    readonly error?: string;
    readonly dependencies?: readonly {
      readonly specifier: string;
      readonly code?: { readonly specifier?: string };
    }[];
  }[];
}

/**
 * Reads the graph of a file. Nothing is fetched: what is not in a file on this machine is an import
 * without a module.
 *
 * @param config the deno.json by which imports are found.
 * @returns undefined when Deno cannot tell.
 */
export async function moduleGraph(url: string, config: string): Promise<ModuleGraph | undefined> {
  const flags = ["--json", "--no-remote", "--no-npm", "--no-lock", "--deny-import"];
  const child = new Deno.Command(Deno.execPath(), {
    args: ["info", ...flags, "--config", config, url],
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const kill = () => child.kill("SIGKILL");
  const stopWatching = watchLimits(new Offspring(child.pid), kill);
  const timer = setTimeout(kill, LIMIT_MS);
  const { success, stdout } = await child.output();
  clearTimeout(timer);
  stopWatching();
  if (!success) return undefined;
  const info: DenoInfo = JSON.parse(new TextDecoder().decode(stdout));
  return new Map(info.modules.map(({ specifier, error, dependencies = [] }) => {
    const atRunTime = dependencies.filter(({ code }) => code !== undefined);
    const imports = atRunTime.map((one) => ({ written: one.specifier, url: one.code?.specifier }));
    return [specifier, { error, imports }];
  }));
}

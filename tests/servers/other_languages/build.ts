/** Makes command lines of servers that are not in TypeScript; those that need it are compiled first. */
import { fileURLToPath } from "node:url";

/** What a file of each language needs, and how it is asked whether it is there. */
const TOOLS: Readonly<Record<string, readonly string[]>> = {
  c: ["cc", "--version"],
  py: ["python3", "--version"],
  mjs: ["node", "--version"],
  go: ["go", "version"],
  java: ["javac", "--version"],
  rb: ["ruby", "--version"],
};
/** What a server of a lesson is told besides its port, by the number in front of its name. */
const SIZES = ["", "", "", "", "{workers}", "{threads}", "{processes}", "{threads}"];
/** What every server in that language is compiled with. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  go: ["resp.go", "business.go", "epoll.go", "net.go", "pool.go"],
  java: ["Resp.java", "Business.java", "Loop.java", "Blocking.java"],
};
const HERE = new URL("./", import.meta.url);
const found = new Map<string, boolean>();

/** The name of the tool that the file needs and this machine lacks. */
export function missingTool(file: string): string | undefined {
  const tool = TOOLS[extensionOf(file)];
  if (tool === undefined) return undefined;
  const [name] = tool;
  if (!found.has(name)) found.set(name, runs(tool));
  return found.get(name) ? undefined : name;
}

function runs([tool, ...args]: readonly string[]): boolean {
  try {
    const command = new Deno.Command(tool, { args, stdout: "null", stderr: "null" });
    return command.outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function extensionOf(file: string): string {
  return file.slice(file.lastIndexOf(".") + 1);
}

/** Compiles into a folder of its own, which goes when the builder is disposed of. */
export class Builder {
  readonly #folder = Deno.makeTempDirSync({ prefix: "connfd-servers-" });
  readonly #optimise: string;

  /** @param optimise what C is compiled with. */
  constructor(optimise: "-O1" | "-O2" = "-O1") {
    this.#optimise = optimise;
  }

  /** The command that starts the server in the file. Throws Error when it does not compile. */
  async command(file: URL): Promise<string> {
    const path = fileURLToPath(file);
    const name = path.slice(path.lastIndexOf("/") + 1);
    return `${await this.#program(path, name)} {port} ${SIZES[Number(name[0])]}`;
  }

  async #program(path: string, name: string): Promise<string> {
    const out = `${this.#folder}/${name}.out`;
    switch (extensionOf(path)) {
      case "py":
        return `python3 -B "${path}"`;
      case "mjs":
        return `node "${path}"`;
      case "rb":
        return `ruby "${path}"`;
      case "go":
        await this.#go(path, out);
        return `"${out}"`;
      case "java":
        await compile(path, "javac", ["-d", out, path, ...sharedBy("java")]);
        return `java -Xmx256m -cp "${out}" Main`;
      default:
        await compile(path, "cc", [
          ..."-std=gnu11 -Wall -Wextra -pthread -o".split(" "),
          out,
          path,
          this.#optimise,
        ]);
        return `"${out}"`;
    }
  }

  /** Go takes files of one folder only. */
  async #go(path: string, out: string): Promise<void> {
    const folder = `${out}.d`;
    await Deno.mkdir(folder);
    const sources = [path, ...sharedBy("go")];
    const copies = sources.map((_, i) => `${folder}/${i}.go`);
    await Promise.all(sources.map((source, i) => Deno.copyFile(source, copies[i])));
    await compile(path, "go", ["build", "-o", out, ...copies]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.#folder, { recursive: true });
  }
}

function sharedBy(language: string): string[] {
  return SHARED[language].map((name) => fileURLToPath(new URL(name, HERE)));
}

async function compile(path: string, tool: string, args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(tool, { args: [...args] }).output();
  if (!success) throw new Error(`${path} does not compile:\n${new TextDecoder().decode(stderr)}`);
}

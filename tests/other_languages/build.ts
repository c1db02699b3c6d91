/** Makes command lines of servers that are not in TypeScript; those in C are compiled first. */
import { fileURLToPath } from "node:url";

const TOOLS: Readonly<Record<string, string>> = { c: "cc", py: "python3" };
/** What a server of a lesson is told besides its port, by the number in front of its name. */
const SIZES = ["", "", "", "", "{workers}", "{threads}", "{processes}", "{threads}"];
const found = new Map<string, boolean>();

/** The name of the tool that the file needs and this machine lacks. */
export function missingTool(file: string): string | undefined {
  const tool = TOOLS[file.slice(file.lastIndexOf(".") + 1)];
  if (tool === undefined) return undefined;
  if (!found.has(tool)) found.set(tool, runs(tool));
  return found.get(tool) ? undefined : tool;
}

function runs(tool: string): boolean {
  try {
    const command = new Deno.Command(tool, { args: ["--version"], stdout: "null", stderr: "null" });
    return command.outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Compiles into a folder of its own, which goes when the builder is disposed of. */
export class Builder {
  readonly #folder = Deno.makeTempDirSync({ prefix: "connfd-servers-" });

  /** The command that starts the server in the file. Throws Error when it does not compile. */
  async command(file: URL): Promise<string> {
    const path = fileURLToPath(file);
    const name = path.slice(path.lastIndexOf("/") + 1);
    const size = SIZES[Number(name[0])];
    if (path.endsWith(".py")) return `python3 -B "${path}" {port} ${size}`;
    const program = `${this.#folder}/${name}.out`;
    const args = ["-std=gnu11", "-O1", "-Wall", "-Wextra", "-pthread", "-o", program, path];
    const { success, stderr } = await new Deno.Command("cc", { args }).output();
    if (!success) throw new Error(`${path} does not compile:\n${new TextDecoder().decode(stderr)}`);
    return `"${program}" {port} ${size}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.#folder, { recursive: true });
  }
}

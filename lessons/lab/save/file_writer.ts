/** A file that is written by a program of its own, which may write nothing else. */

const PROGRAM = new URL("write_file.ts", import.meta.url);

/** The file cannot be written; the message says why, in one line. */
export class NotWritable extends Error {
  override name = "NotWritable";
}

/** A file that can be written. */
export class FileWriter {
  readonly #child: Deno.ChildProcess;

  private constructor(child: Deno.ChildProcess) {
    this.#child = child;
  }

  /**
   * Opens the file, and empties it. Throws `NotWritable`.
   *
   * @param path without a comma, which in a permission stands between two files.
   */
  static async open(path: string): Promise<FileWriter> {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", `--allow-write=${path}`, PROGRAM.href, path],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const reader = child.stdout.getReader();
    const { done } = await reader.read();
    reader.releaseLock();
    if (!done) return new FileWriter(child);
    const reason = await new Response(child.stderr).text();
    await child.stdin.close().catch(() => {});
    await child.status;
    throw new NotWritable(`cannot write ${path}: ${reason.split("\n")[0]}`);
  }

  /** Writes the whole text and closes the file. Throws `NotWritable`. */
  async write(text: string): Promise<void> {
    await new Blob([text]).stream().pipeTo(this.#child.stdin).catch(() => {});
    const [{ success }, reason] = await Promise.all([
      this.#child.status,
      new Response(this.#child.stderr).text(),
      this.#child.stdout.cancel(),
    ]);
    if (!success) throw new NotWritable(reason.split("\n")[0]);
  }
}

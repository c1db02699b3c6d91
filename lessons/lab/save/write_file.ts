/**
 * Writes what it is given into a file: `deno run --allow-write=FILE write_file.ts FILE`. Whoever starts
 * it needs no permission to write. The file is opened at once, so that a name that cannot be written
 * shows before anything else is done; `ready` on standard output says that it could.
 *
 * Exit code 1, with the reason on standard error, when it cannot.
 */
import { print } from "../../tools/screen.ts";

const [path] = Deno.args;
try {
  const file = await Deno.open(path, { write: true, create: true, truncate: true });
  print("ready\n");
  await Deno.stdin.readable.pipeTo(file.writable);
} catch (error) {
  print(error instanceof Error ? error.message : String(error), Deno.stderr);
  Deno.exit(1);
}

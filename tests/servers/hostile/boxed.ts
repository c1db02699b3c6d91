/**
 * A program with all of Deno's permissions, for a box that is not Deno's: it tells whoever connects
 * what came through. Arguments: the port, the grader's process, and the port of another server.
 */
const { hostname, port } = { hostname: "127.0.0.1", port: Number(Deno.args[0]) };
const ROOT = Deno.cwd();
/** Forgets its environment and leaves its session, so that only the box holds it. */
const daemon = `120.${port}`;
new Deno.Command("env", { args: ["-i", "setsid", "/bin/sleep", daemon] }).spawn().unref();

/** Writes more than a folder in memory may hold, or so many bytes. */
function fill(folder: string, bytes = 65 * 2 ** 20): void {
  const name = `${folder}/${crypto.randomUUID()}`;
  Deno.writeFileSync(name, new Uint8Array());
  try {
    Deno.writeFileSync(name, new Uint8Array(bytes));
  } finally {
    Deno.removeSync(name);
  }
}

const attempts: Record<string, () => unknown> = {
  "reads the model": () => Deno.readTextFileSync(`${ROOT}/models/3_io_multiplexing.ts`),
  "reads the claims": () => Deno.readTextFileSync(`${ROOT}/tests/lesson3_test.ts`),
  "writes into the project": () => Deno.writeTextFileSync(`${ROOT}/written_from_a_box`, ""),
  "changes a file of its own": () => Deno.writeTextFileSync(new URL(import.meta.url), ""),
  "fills /tmp": () => fill("/tmp"),
  "fills /run": () => fill("/run"),
  "fills /dev/shm": () => fill("/dev/shm"),
  "writes to /dev": () => fill("/dev", 1),
  "writes where the models were": () => fill(`${ROOT}/models`, 1),
  "sees the grader": () => Deno.statSync(`/proc/${Deno.args[1]}`),
};
const cameThrough = Object.keys(attempts).filter((name) => {
  try {
    attempts[name]();
    return true;
  } catch {
    return false;
  }
});

const other = { hostname, port: Number(Deno.args[2]) };
const reaches = await Deno.connect(other).then((conn) => (conn.close(), true), () => false);

for await (const conn of Deno.listen({ hostname, port })) {
  await conn.write(new TextEncoder().encode(JSON.stringify({ cameThrough, daemon, reaches })));
  conn.close();
}

/**
 * A program with all of Deno's permissions, for a box that is not Deno's: it tells whoever connects
 * what came through. Arguments: the port, and the grader's process.
 */
const { hostname, port } = { hostname: "127.0.0.1", port: Number(Deno.args[0]) };
const ROOT = Deno.cwd();
/** Forgets its environment and leaves its session, so that only the box holds it. */
const daemon = `120.${port}`;
new Deno.Command("env", { args: ["-i", "setsid", "/bin/sleep", daemon] }).spawn().unref();

const attempts: Record<string, () => unknown> = {
  "reads the model": () => Deno.readTextFileSync(`${ROOT}/models/3_io_multiplexing.ts`),
  "reads the claims": () => Deno.readTextFileSync(`${ROOT}/tests/lesson3_test.ts`),
  "writes into the project": () => Deno.writeTextFileSync(`${ROOT}/written_from_a_box`, ""),
  "changes a file of its own": () => Deno.writeTextFileSync(new URL(import.meta.url), ""),
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

for await (const conn of Deno.listen({ hostname, port })) {
  await conn.write(new TextEncoder().encode(JSON.stringify({ cameThrough, daemon })));
  conn.close();
}

/** As in `runtime_test.ts`: why there are places that work around the way in which Node's `net` accepts. */
import { assertEquals } from "@std/assert";
import { acceptQueue } from "../grader/server/sockets.ts";
import { within } from "../of_parts/helpers.ts";

const ignore = Deno.build.os !== "linux";

/** A server of Node's in a process of its own; `program` has it as `server`, which listens. */
class Child {
  readonly #child: Deno.ChildProcess;
  readonly #lines: ReadableStreamDefaultReader<string>;
  readonly #asking: WritableStreamDefaultWriter<Uint8Array>;

  constructor(program: string) {
    // Deno 2.9.6 takes descriptors for signals when it first needs them, and panics when there are none.
    const whole = `Deno.addSignalListener("SIGUSR2", () => {});
      const server = process.getBuiltinModule("node:net").createServer();
      server.listen(0, "127.0.0.1", () => console.log(server.address().port));
      ${program}
      Deno.exit();`;
    this.#child = new Deno.Command("sh", {
      args: ["-c", 'ulimit -n 64; exec "$0" eval "$1"', Deno.execPath(), whole],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    this.#lines = this.#child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    this.#asking = this.#child.stdin.getWriter();
  }

  /** The number that it writes next. */
  async next(): Promise<number> {
    return Number((await within(this.#lines.read(), "the child's line")).value);
  }

  /** A number for a byte. */
  async asked(): Promise<number> {
    await this.#asking.write(new Uint8Array(1));
    return await this.next();
  }

  /** Some clients that it finds all at once. */
  async burst(port: number, count: number): Promise<Deno.TcpConn[]> {
    this.#child.kill("SIGSTOP");
    const clients = Array.from({ length: count }, () => connect(port));
    const connected = await within(Promise.all(clients), "the accept queue");
    this.#child.kill("SIGCONT");
    return connected;
  }

  async end(): Promise<void> {
    await this.#asking.close();
    await within(this.#child.status, "the end of the child");
    await this.#lines.cancel();
  }
}

function connect(port: number): Promise<Deno.TcpConn> {
  return Deno.connect({ hostname: "127.0.0.1", port });
}

Deno.test({
  name: "a server of Node's takes all who wait before it tells of the first (c_accept.ts)",
  ignore,
  async fn() {
    const child = new Child(`
      server.on("connection", () => {
        console.log(1);
        Deno.stdin.readSync(new Uint8Array(1));
        Deno.exit();
      });
      await new Promise(() => {});`);
    const port = await child.next();
    const clients = await child.burst(port, 3);
    await child.next();
    assertEquals(acceptQueue(port), 0);
    for (const conn of clients) conn.close();
    await child.end();
  },
});

Deno.test({
  name: "a server of Node's that ran out of descriptors accepts never again (accept_all.ts)",
  ignore,
  async fn() {
    const child = new Child(`
      let held = [], accepted = 0;
      server.on("error", () => console.log("it says so"));
      server.on("connection", (socket) => {
        held.push(socket.on("error", () => {}));
        accepted++;
      });
      setInterval(() => { for (const socket of held.splice(0)) socket.destroy(); }, 20);
      for await (const _ of Deno.stdin.readable) { console.log(accepted); accepted = 0; }`);
    const port = await child.next();
    for (const conn of await child.burst(port, 80)) conn.close();
    let before = 0;
    while (before === 0) before += await child.asked();
    (await connect(port)).close();
    assertEquals([before < 80, await child.asked()], [true, 0], `${before} of 80, and then`);
    await child.end();
  },
});

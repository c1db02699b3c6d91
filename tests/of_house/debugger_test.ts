/**
 * A debugger that is attached as `.vscode/launch.json` says stops in a worker's thread. It speaks the
 * Chrome DevTools Protocol, as the editor's does.
 */
import { assertEquals } from "@std/assert";
import { parse } from "@std/jsonc";
import { Program, ROOT } from "../of_lessons/program.ts";

/** A message of the protocol. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
}

/** A debugger's connection to the main thread, and through it to the workers. */
class Debugger {
  #id = 0;
  readonly #messages: Message[] = [];
  #wake = () => {};

  private constructor(readonly socket: WebSocket) {
    socket.onmessage = ({ data }) => {
      this.#messages.push(JSON.parse(data));
      this.#wake();
    };
  }

  static async connect(url: string): Promise<Debugger> {
    const socket = new WebSocket(url);
    await new Promise((resolve) => socket.onopen = resolve);
    return new Debugger(socket);
  }

  /** Returns the number that the answer will have. */
  send(method: string, params: Record<string, unknown> = {}): number {
    this.socket.send(JSON.stringify({ id: ++this.#id, method, params }));
    return this.#id;
  }

  toWorker(sessionId: string, method: string, params: Record<string, unknown> = {}): void {
    const message = JSON.stringify({ id: ++this.#id, method, params });
    this.send("NodeWorker.sendMessageToWorker", { sessionId, message });
  }

  /** The next message that the test is true for; earlier ones count, each once. */
  async next(test: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const at = this.#messages.findIndex(test);
      if (at !== -1) return this.#messages.splice(at, 1)[0];
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.socket.onclose = resolve);
    this.socket.close();
    await closed;
  }
}

const LAUNCH = parse(await Deno.readTextFile(new URL(".vscode/launch.json", ROOT))) as unknown as {
  configurations: { runtimeArgs: string[] }[];
};

Deno.test("a debugger stops in a worker's thread", async () => {
  const runtimeArgs = LAUNCH.configurations[0].runtimeArgs
    .map((arg) => arg === "--inspect-wait" ? "--inspect-wait=127.0.0.1:0" : arg);
  const server = "lessons/4-worker-pool/server.ts";
  const program = Program.start([...runtimeArgs, server, "--port", "0", "--workers", "1"]);
  const [, url] = await program.stderr.until(/listening on (ws:\S+)/);
  const debug = await Debugger.connect(url);
  // As an editor does it: a new thread waits until its breakpoints are set.
  debug.send("NodeWorker.enable", { waitForDebuggerOnStart: true });
  debug.send("Debugger.enable");
  debug.send("Runtime.runIfWaitingForDebugger");
  const breakpoint = { urlRegex: "protocol/business\\.ts$", lineNumber: await lineOfRun(debug) };
  for (let worker = false; !worker;) {
    const { params } = await debug.next(({ method }) => method === "NodeWorker.attachedToWorker");
    const session = String(params!.sessionId);
    debug.toWorker(session, "Debugger.enable");
    debug.toWorker(session, "Debugger.setBreakpointByUrl", breakpoint);
    debug.toWorker(session, "Runtime.runIfWaitingForDebugger");
    worker = JSON.stringify(params).includes("4_worker_pool.ts");
  }
  const [, port] = await program.stdout.until(/^listening on \S+:(\d+)\n/);
  const client = await Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
  await client.write(new TextEncoder().encode("WHO\r\n"));
  const paused = await debug.next(({ params }) =>
    String(params?.message).includes('"Debugger.paused"')
  );
  debug.toWorker(String(paused.params!.sessionId), "Debugger.resume");
  const reply = new Uint8Array(64);
  const count = await client.read(reply);
  assertEquals(new TextDecoder().decode(reply.subarray(0, count!)), "$8\r\nworker-1\r\n");
  client.close();
  await debug.close();
  program.signal("SIGTERM");
  await program.ended;
});

/** The line in which the business of a request begins, from 0, in what Deno makes of the file. */
async function lineOfRun(debug: Debugger): Promise<number> {
  const { params } = await debug.next(({ method, params }) =>
    method === "Debugger.scriptParsed" && String(params!.url).endsWith("protocol/business.ts")
  );
  const id = debug.send("Debugger.getScriptSource", { scriptId: params!.scriptId });
  const { result } = await debug.next((message) => message.id === id);
  const lines = String(result!.scriptSource).split("\n");
  return lines.findIndex((line) => /^ +run\(request, connection\) \{$/.test(line)) + 1;
}

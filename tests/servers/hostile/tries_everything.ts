/** Listens like anybody, and tries whatever a submission must not do. Says what came through. */
import fs from "node:fs";
import { createRequire } from "node:module";
import process from "node:process";
import { Worker as NodeWorker } from "node:worker_threads";
import { type Options, serveEach } from "./kit.ts";

/** In the course, where a server is started. Put together at run time, so that no tool sees it beforehand. */
const at = (...path: string[]) => `file://${[Deno.cwd(), ...path].join("/")}`;
const MODEL = at("models", "3_io_multiplexing.ts");
const SERVER = at("lessons", "3-io-multiplexing", "server.ts");
const CLAIMS = at("tests", "lesson3_test.ts");
const STOLEN = at("tests", "hostile", "written_by_a_submission");
const EXPORTS_IT = `export * from "${MODEL}"; self.postMessage?.("here")`;
const asData = () => `data:text/javascript,${encodeURIComponent(EXPORTS_IT)}`;
const asBlob = () =>
  URL.createObjectURL(new Blob([EXPORTS_IT], { type: "application/javascript" }));

/** Runs a module in a thread, and fails when that fails. */
function inThread(module: string): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers();
  const worker = new Worker(module, { type: "module" });
  worker.onmessage = resolve;
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(event.message));
  };
  return promise;
}

function inNodeThread(program: string): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers();
  const worker = new NodeWorker(program, { eval: true });
  worker.on("message", (error: string) => error === "" ? resolve(0) : reject(new Error(error)));
  worker.on("error", reject);
  return promise;
}

const tries: Record<string, (port: number) => unknown> = {
  "reads /etc/passwd": () => Deno.readTextFileSync("/etc/passwd"),
  "reads its process": () => Deno.readTextFileSync("/proc/self/environ"),
  "lists the home folder": () => Array.from(Deno.readDirSync("/home")),
  "reads the model": () => Deno.readTextFileSync(new URL(MODEL)),
  "reads the claims": () => Deno.readTextFileSync(new URL(CLAIMS)),
  "reads a neighbour": () =>
    Deno.readTextFileSync(new URL(at("tests", "servers", "hostile", "no_serve.ts"))),
  "reads by Node": () => fs.readFileSync(new URL(MODEL)),
  "fetches the model": async () => await (await fetch(MODEL)).text(),
  "imports the model": () => import(MODEL),
  "imports the lesson's server": () => import(SERVER),
  "imports the claims": () => import(CLAIMS),
  "imports a data: URL": () => import(asData()),
  "imports a blob: URL": () => import(asBlob()),
  "imports over the network": () => import(["https", "//jsr.io/@std/assert/mod.ts"].join(":")),
  "requires the model": () => createRequire(import.meta.url)(MODEL.replace("file://", "")),
  "runs the model in a thread": () => inThread(MODEL),
  "runs a data: URL in a thread": () => inThread(asData()),
  "runs a blob: URL in a thread": () => inThread(asBlob()),
  "imports the model in Node's thread": () =>
    inNodeThread(
      `const { parentPort } = require("node:worker_threads");
      import("${MODEL}").then(() => "", (e) => e.message).then((m) => parentPort.postMessage(m))`,
    ),
  "lists the temporary folder": () =>
    Array.from(Deno.readDirSync(new URL("../../..", import.meta.url))),
  "writes into its folder": () => Deno.writeTextFileSync(new URL("new.ts", import.meta.url), ""),
  "links out of its folder": () =>
    Deno.symlinkSync("/etc", decodeURIComponent(new URL("etc", import.meta.url).pathname)),
  "writes a file": () => Deno.writeTextFileSync(new URL(STOLEN), "stolen"),
  "writes a temporary file": () => Deno.makeTempFileSync(),
  "keeps local storage": () => localStorage.setItem("note", "for the next run"),
  "keeps a cache": async () => await caches.open("notes"),
  "reads a variable": () => Deno.env.get("HOME"),
  "reads all variables": () => Deno.env.toObject(),
  "starts a process": () => new Deno.Command("/bin/true").outputSync(),
  "signals the grader": () => process.kill(process.ppid, "SIGCONT"),
  "loads a library": () => Deno.dlopen("libc.so.6", {}),
  "asks for the user": () => Deno.uid() ?? Deno.systemMemoryInfo(),
  "opens the debugger": async () => (await import("node:inspector")).open(0),
  "listens on another port": (port) => Deno.listen({ hostname: "127.0.0.1", port: port + 1 }),
  "listens to the network": (port) => Deno.listen({ hostname: "0.0.0.0", port }),
  "connects to another port": (port) => Deno.connect({ hostname: "127.0.0.1", port: port - 1 }),
  "fetches from another server": (port) => fetch(`http://127.0.0.1:${port - 1}/`),
  "asks for a name": () => Deno.resolveDns("example.com", "A"),
  "writes to descriptors that it did not open": () => {
    for (let fd = 3; fd < 64; fd++) if (writes(fd)) return fd;
    throw new Error("EBADF");
  },
};

function writes(fd: number): boolean {
  try {
    fs.writeSync(fd, "forged");
    return true;
  } catch {
    return false;
  }
}

/** How Deno says no. Any other failure might be a success next time. */
const NO =
  /^Requires \w+ access|requires unscoped|--no-remote is specified|Not a directory|cache storage|EBADF/;

async function tryAll(port: number): Promise<void> {
  for (const [name, attempt] of Object.entries(tries)) {
    try {
      await attempt(port);
      console.error(`came through: ${name}`);
    } catch (error) {
      const { message } = error as Error;
      if (!NO.test(message)) console.error(`failed for another reason: ${name}: ${message}`);
    }
  }
  console.error(`tried ${Object.keys(tries).length} things`);
}

export function serve(options: Options) {
  const server = serveEach(options, () => {});
  tryAll(options.port);
  return server;
}

/** The client for its tests: with a server, and as a program whose output is compared. */
import { assertEquals } from "@std/assert";
import { LessonServer, taskArguments } from "./lesson_process.ts";
import { Program } from "./program.ts";

/** The client, with the lesson and the port of a server. */
export function client(server: { port: number }, args: string[], stdin: "null" | "piped" = "null") {
  const all = ["3", "--port", String(server.port), ...args];
  return Program.start(taskArguments("client", all), stdin);
}

/** Its whole output, and its exit code. */
export async function assertPrints(program: Program, expected: { code: number; stdout: string }) {
  const { code, stdout, stderr } = await program.ended;
  assertEquals({ code, stdout, stderr }, { ...expected, stderr: "" });
}

/** Runs the body with a server, which is ended afterwards. */
export async function withServer(flags: string[], body: (server: LessonServer) => Promise<void>) {
  const server = await LessonServer.start(3, flags);
  try {
    await body(server);
  } finally {
    await server.stop();
  }
}

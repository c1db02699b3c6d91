/** A client that breaks off in the middle of a request. */
import net from "node:net";
import type { ClientAction } from "../lanes/events.ts";
import type { ClientOptions } from "./lab_client.ts";

/** So long a server has for noticing the part of the request. */
const BEFORE_RESET_MS = 100;

/** Connects, sends a line without its end, and resets. By Node's sockets: those of Deno say goodbye. */
export async function resetInRequest(options: ClientOptions, line: string): Promise<void> {
  const { number, address, clock, emit } = options;
  const tell = (event: ClientAction, about: { port?: number; detail?: string } = {}) =>
    emit({ source: "client", us: clock.us(), client: number, event, ...about });
  tell("connect");
  const socket = net.connect(address.port, address.hostname);
  const closed = Promise.withResolvers<void>();
  socket.on("close", () => closed.resolve()).on("error", () => {});
  socket.on("connect", () => {
    tell("connected", { port: socket.localPort });
    socket.write(line);
    setTimeout(() => {
      socket.resetAndDestroy();
      tell("lost", { detail: "it reset the connection" });
    }, BEFORE_RESET_MS);
  });
  await closed.promise;
}

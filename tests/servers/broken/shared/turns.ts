/** A server that accepts everybody at once, and serves one after the other: in which order is open. */
import type { Connection } from "../../../../models/parts/connection.ts";
import type { ServeOptions } from "../../../../models/parts/options.ts";
import { acceptEach, listen, type Running, serveWhole } from "./common.ts";

/** @param next takes the one whose turn it is out of the list. */
export function serveInTurn(
  options: ServeOptions,
  next: (waiting: Connection[]) => Connection | undefined,
): Running {
  const server = listen(options);
  const waiting: Connection[] = [];
  let wake = () => {};
  acceptEach(server, (connection) => {
    waiting.push(connection);
    wake();
  });
  const serveAll = async () => {
    for (;;) {
      const connection = next(waiting);
      if (connection !== undefined) await serveWhole(connection, server.context);
      else await new Promise<void>((resolve) => wake = resolve);
    }
  };
  return { finished: serveAll() };
}

/**
 * Connections beyond a server's cap: each is told so and closed. They are kept until they have read
 * why; those of a flood are not.
 */
import type { ByteStream } from "./byte_stream.ts";
import { Connection } from "../connection.ts";
import { errorReply } from "../protocol/protocol.ts";
import type { ServerContext } from "../server_context.ts";

const TOO_MANY = errorReply("ERR max number of clients reached");

/** The refused connections of one server. */
export class RefusedConnections {
  readonly #open = new Set<Connection>();

  /**
   * None is refused yet.
   *
   * @param most so many are open at once.
   */
  constructor(readonly context: ServerContext, readonly most: number) {}

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }

  /** Tells a client that there are too many, and closes its connection; the oldest make room. */
  refuse(id: number, socket: ByteStream): void {
    const options = { ...this.context.connectionOptions(id), onClosed: () => forget() };
    const connection = new Connection(socket, options);
    const forget = () => this.#open.delete(connection);
    this.#open.add(connection);
    for (const oldest of this.#open) {
      if (this.#open.size <= this.most) break;
      oldest.closeNow();
    }
    connection.reply(TOO_MANY);
    connection.close();
  }

  /** Closes those that are still open, at once. */
  closeNow(): void {
    for (const connection of this.#open) connection.closeNow();
  }
}

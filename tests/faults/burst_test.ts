/** A burst of clients just before the signal to stop, and one that goes on behind it. */
import { assert, assertEquals } from "@std/assert";
import { NUMBERS } from "../../lessons/catalogue.ts";
import { LessonServer } from "../of_lessons/lesson_process.ts";

/** In model 2 each of them is a thread, and a thread takes some tens of milliseconds to start. */
const CLIENTS = 100;
/** With those that come while it stops. */
const MOST_CLIENTS = 400;
/** What those get that are too many. */
const TOO_MANY = "-ERR max number of clients reached\r\n";
/** Windows has no signals to send. */
const ignore = Deno.build.os === "windows";

/** Clients of one server, each with a number of its own, and what came for it. */
class Clients {
  readonly #served = Promise.withResolvers<void>();
  readonly replies: Promise<string>[] = [];
  /** Settles when the first of them has a reply: the server is in the middle of it. */
  readonly served = this.#served.promise;

  constructor(readonly port: number) {}

  /** One more. Throws when nobody listens any more. */
  async add(): Promise<void> {
    const conn = await Deno.connect({ hostname: "127.0.0.1", port: this.port });
    this.replies.push(this.#talk(conn, this.replies.length));
  }

  /** Asks, and collects all that comes; a reset is the end too. */
  async #talk(conn: Deno.Conn, nonce: number): Promise<string> {
    const buffer = new Uint8Array(256);
    let text = "";
    try {
      await conn.write(new TextEncoder().encode(`ECHO ${nonce}\r\n`));
      for (let n = await conn.read(buffer); n !== null; n = await conn.read(buffer)) {
        this.#served.resolve();
        text += new TextDecoder().decode(buffer.subarray(0, n));
      }
    } catch {
      // The server is gone, and has closed its accept queue.
    }
    conn.close();
    return text;
  }

  /** Adds one after the other, until nobody listens. */
  async goOn(): Promise<void> {
    try {
      while (this.replies.length < MOST_CLIENTS) await this.add();
    } catch {
      // That is the end.
    }
  }
}

for (const lesson of NUMBERS) {
  Deno.test({
    name: `lesson ${lesson} ends by itself in a burst of clients; each has its whole reply or none`,
    ignore,
    async fn() {
      const server = await LessonServer.start(lesson, ["--trace", "off"]);
      const clients = new Clients(server.port);
      while (clients.replies.length < CLIENTS) await clients.add();
      await clients.served;
      const going = clients.goOn();
      const { code, signal, stderr } = await server.stop();
      await going;
      assertEquals({ code, signal }, { code: 0, signal: null });
      assertEquals(stderr, "");
      for (const [nonce, got] of (await Promise.all(clients.replies)).entries()) {
        const whole = `$${`${nonce}`.length}\r\n${nonce}\r\n`;
        assert(["", whole, TOO_MANY].includes(got), `client ${nonce} got ${JSON.stringify(got)}`);
      }
    },
  });
}

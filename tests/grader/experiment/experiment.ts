/** One experiment on one server: clients, what they do and get, and what follows from it. */
import { Client } from "../clients/client.ts";
import { whileQueueFull } from "../clients/full_queue.ts";
import { ClaimFailed, Inconclusive, serverEnded } from "./claim_failed.ts";
import { RunningServer } from "../server/running_server.ts";
import type { Sizes, Target } from "../server/target.ts";
import { Holds } from "./holds.ts";
import { paceOf } from "./pace.ts";
import type { Random } from "./random.ts";
import { acceptQueue } from "../server/sockets.ts";
import { Waiting } from "./waiting.ts";

export { ClaimFailed, Inconclusive };

const ACCEPT =
  "The server has to accept, or its backlog (the second argument of listen) is too short.";

/** An experiment under way. */
export class Experiment extends Waiting {
  /** Requests that block, and what they hold up: those of the server that was started last. */
  holds: Holds;
  readonly #servers: RunningServer[] = [];
  readonly #late: Promise<void>[] = [];

  /** @param random what the experiment draws from; the same seed, the same experiment. */
  constructor(readonly target: Target, readonly random: Random = Math.random) {
    super();
    this.holds = new Holds(random);
  }

  /**
   * Starts a server; it ends with the experiment.
   *
   * @param target default: the one that the experiment is about.
   */
  async server(sizes: Sizes = {}, target = this.target): Promise<RunningServer> {
    const pace = await paceOf(target);
    const server = await RunningServer.start(target, sizes);
    this.#servers.push(server);
    // What blocks in a server before it is over, or no longer of use: the next ones block anew.
    this.holds = new Holds(this.random);
    this.setPace(server, pace);
    const flags = Object.entries(sizes).map(([name, value]) => `, ${name} ${value}`).join("");
    const who = target === this.target ? "server" : target.name;
    this.record(who, `listens${flags}`);
    if (pace.text !== "") this.record(who, pace.text);
    return server;
  }

  /**
   * Connects a client, which is closed when the experiment ends.
   *
   * @param reads false: the client does not read what comes.
   * @throws ClaimFailed when the connection is refused, or there is no room in the accept queue.
   */
  async connect(server: RunningServer, name: string, reads = true): Promise<Client> {
    const client = await this.connectIfRoom(server, name, reads);
    if (client !== undefined) return client;
    throw new ClaimFailed(`${name} cannot connect: ${fullText(server)}`, ACCEPT);
  }

  /** The same; undefined when the accept queue is full, and stays so. */
  async connectIfRoom(
    server: RunningServer,
    name: string,
    reads = true,
  ): Promise<Client | undefined> {
    const connecting = Client.connect(name, server.port, this.record, reads);
    try {
      const client = await Promise.race([connecting, whileQueueFull(server, connecting)]);
      if (client === undefined) {
        this.record(name, `cannot connect: ${fullText(server)}`);
        // There may be room later, when nobody needs it any more.
        this.#late.push(connecting.then((late) => late.close(), () => {}));
      } else this.clients.push(client);
      return client;
    } catch (error) {
      const what = `${name} cannot connect`;
      if (!server.running) throw await serverEnded(server, what);
      const hint = "The listening socket does not take connections.";
      throw new ClaimFailed(`${what}: ${(error as Error).message}`, hint);
    }
  }

  /** The servers that it has started, in order. */
  get servers(): readonly RunningServer[] {
    return this.#servers;
  }

  /** Connects several clients, one after the other: `client 1`, `client 2`, … */
  async connectMany(server: RunningServer, count: number, name = "client"): Promise<Client[]> {
    const clients: Client[] = [];
    for (let i = 1; i <= count; i++) clients.push(await this.connect(server, `${name} ${i}`));
    return clients;
  }

  /** The same for clients that are to wait in the accept queue: only as many as there is room for. */
  async connectWaiting(server: RunningServer, count: number, name: string): Promise<Client[]> {
    const clients: Client[] = [];
    for (let i = 1; i <= count; i++) {
      const client = await this.connectIfRoom(server, `${name} ${i}`);
      if (client === undefined) break;
      clients.push(client);
    }
    this.expect(clients.length > 0, "no connection waits in the accept queue", ACCEPT);
    return clients;
  }

  /** The same as for any experiment; but what came when the requests that block were over says nothing. */
  override async held(
    server: RunningServer,
    reply: Promise<string>,
    what: string,
    hint: string,
  ): Promise<void> {
    try {
      await super.held(server, reply, what, hint);
    } catch (error) {
      if (error instanceof ClaimFailed) this.holds.check(this.paceOf(server));
      throw error;
    }
  }

  /** Fails the claim unless the condition holds. */
  expect(condition: boolean, seen: string, hint: string): void {
    if (!condition) throw new ClaimFailed(seen, hint);
  }

  /** Closes the clients and ends the servers. */
  async end(): Promise<void> {
    for (const client of this.clients) client.close();
    await Promise.all(this.#servers.map((server) => server.stop()));
    await Promise.all([...this.#late, ...this.clients.map((client) => client.ended())]);
  }
}

function fullText(server: RunningServer): string {
  return `the accept queue is full, with ${acceptQueue(server.port) ?? 0} connections`;
}

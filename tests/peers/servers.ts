/** The servers that stand beside each other: the models, redis-server, and servers of ours in C, Go, Node. */
import { commandWords } from "../../lessons/tools/command_words.ts";
import type { Floor } from "../../models/parts/options.ts";
import type { Sizes } from "../../models/parts/sizes.ts";
import { MeasuredServer } from "../compare/measured_server.ts";
import { startModel, startRedis } from "../compare/programs.ts";
import { freePort } from "../grader/server/listening.ts";
import { Builder, missingTool } from "../servers/other_languages/build.ts";

const SERVERS = new URL("../servers/", import.meta.url);
/** All servers stay up while they are measured in turn; a thousand clients each would be too few. */
const MAX_CONNECTIONS = 20_000;
/** Of model 5: as many as the machine of the goals has cores. */
const IO_THREADS = 2;

/** A server to start. */
export interface Peer {
  /** By which it is chosen. */
  readonly id: string;
  /** At most 24 characters. */
  readonly name: string;
  /** @throws Error that says what is missing. */
  readonly start: () => Promise<MeasuredServer>;
}

/** One of the models, on one floor. */
export function modelPeer(model: number, io: Floor, sizes: Sizes = {}): Peer {
  const all = { maxConnections: MAX_CONNECTIONS, threads: IO_THREADS, ...sizes };
  return {
    id: `${model}-${io}`,
    name: `model ${model}, --io ${io}`,
    start: () => startModel(model, io, all),
  };
}

/** The yardstick. */
export const REDIS: Peer = { id: "redis", name: "redis-server", start: startRedis };

/** One of the servers in `tests/servers/`, compiled where that is needed. */
function ours(id: string, name: string, file: string, builder: Builder): Peer {
  const start = async () => {
    const tool = missingTool(file);
    if (tool !== undefined) throw new Error(`there is no ${tool} here`);
    const port = freePort();
    const command = await builder.command(new URL(file, SERVERS));
    const words = commandWords(command, new Map([["{port}", `${port}`], ["{threads}", "1"]]));
    return await MeasuredServer.start(
      { command: words.filter((word) => word !== ""), env: Deno.env.toObject() },
      "connects",
      port,
    );
  };
  return { id, name, start };
}

/** All of them, in the order of the table; the first is what the others are compared with. */
export function peers(builder: Builder): readonly Peer[] {
  const models = [3, 4, 5].flatMap((
    model,
  ) => [modelPeer(model, "deno"), modelPeer(model, "kernel")]);
  return [
    REDIS,
    ours("c", "C, epoll", "unusual/3_edge.c", builder),
    ours("go-epoll", "Go, epoll", "unusual/3_epoll.go", builder),
    ours("go-net", "Go, a goroutine each", "pretenders/2_goroutines.go", builder),
    ours("node", "Node, net", "unusual/3_net.mjs", builder),
    ...models,
  ];
}

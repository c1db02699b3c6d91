/**
 * What one client notices of each model, in a process of its own: `deno task bench`. Nothing is
 * judged. `deno task compare` measures more, and many clients at once.
 */
import { endServers } from "../compare/measured_server.ts";
import { factsOf, MODELS } from "../compare/models.ts";
import { startModel } from "../compare/programs.ts";
import { LineClient } from "../compare/workloads.ts";

/** The model with which the others are compared. */
const BASE = 3;

addEventListener("unload", endServers);

for (const model of MODELS) {
  const server = await startModel(model);
  const client = await LineClient.connect(server.port);
  // While that client is connected, model 1 serves no other.
  const { port } = model === 1 ? await startModel(model) : server;
  const common = { name: `${model} ${factsOf(model).name}`, baseline: model === BASE };

  Deno.bench({
    ...common,
    group: "PING, there and back",
    // Deno waits for the promise of an `async` function only.
    async fn() {
      await client.ping();
    },
  });

  Deno.bench({
    ...common,
    group: "a new client: connect, PING, close",
    async fn() {
      const other = await LineClient.connect(port);
      await other.ping();
      other.close();
    },
  });
}

/** The program of a thread that generates load: see `generators.ts` for the other side. */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { Generator, type Share } from "./generator.ts";
import type { TallyData } from "./tally.ts";

/** What the thread is told. */
export type Order =
  | { readonly do: "connect"; readonly share: Share }
  | { readonly do: "run"; readonly ms: number; readonly graceMs?: number }
  | { readonly do: "stop" };

/** What it answers, once for each order but the last. */
export type Answer = { readonly tally?: TallyData } | { readonly error: string };

let generator: Generator | undefined, stopped = false;

async function follow(order: Order): Promise<Answer> {
  if (order.do === "connect") {
    generator = await Generator.connect(order.share);
    if (stopped) generator.stop();
    return {};
  }
  if (order.do !== "run" || generator === undefined) throw new Error("the clients never connected");
  return { tally: (await generator.run(order.ms, order.graceMs)).toData() };
}

self.onmessage = ({ data: order }: MessageEvent<Order>) => {
  if (order.do === "stop") {
    stopped = true;
    return generator?.stop();
  }
  follow(order).then(
    (answer) => self.postMessage(answer),
    (error) => self.postMessage({ error: error instanceof Error ? error.message : `${error}` }),
  );
};

/** A race for the page: each server's part is told when it is over, as a line of JSON. */
import { lessonOf, LESSONS } from "../../catalogue.ts";
import { type Entrant, nameOf } from "../race/heat.ts";
import { MOST_CLIENTS, MOST_TIMES } from "../race/most.ts";
import { race } from "../race/racer.ts";
import { shownRacer } from "../race/shown_racer.ts";
import { linesIn, type Workload } from "../race/workload.ts";
import type { Run } from "../run/run.ts";
import { ServerFailed } from "../run/server_failed.ts";
import { sceneNamed } from "../scenes/scenes.ts";
import { checkedLine, Refused } from "./orders.ts";

/** What the page wants to see: one's own mix, or a scene. */
type RaceOrder = Record<string, unknown>;

/** The races of a page, one after the other. */
export class Races {
  readonly #ending = new AbortController();
  #turn: Promise<void> = Promise.resolve();

  /**
   * Runs the race that is asked for, when the one before is over; it ends when the page goes away.
   *
   * @param command a server in any language, with which the lab was started.
   * @throws Refused, RangeError
   */
  stream(order: RaceOrder, command?: string): Response {
    const workload = workloadIn(order);
    const entrants = entrantsIn(order, command);
    const gone = new AbortController();
    const end = AbortSignal.any([this.#ending.signal, gone.signal]);
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const tell = (line: unknown) => {
          if (end.aborted) return;
          controller.enqueue(new TextEncoder().encode(`${JSON.stringify(line)}\n`));
        };
        const over = (error?: unknown) => {
          if (gone.signal.aborted) return;
          if (error === undefined || end.aborted) controller.close();
          else controller.error(error);
        };
        this.#turn = this.#turn.then(() => runAll(entrants, workload, end, tell))
          .then(() => over(), over);
      },
      cancel: () => gone.abort(),
    });
    return new Response(body, { headers: { "content-type": "application/x-ndjson" } });
  }

  /** Ends what goes on. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#turn;
  }
}

/** The race has been ended, and no other server starts. */
class Ended extends Error {
  override name = "Ended";
}

async function runAll(
  entrants: readonly Entrant[],
  workload: Workload,
  end: AbortSignal,
  tell: (line: unknown) => void,
): Promise<void> {
  let current: Run | undefined;
  end.addEventListener("abort", () => current?.stop());
  const onRun = (run: Run) => {
    if (end.aborted) throw new Ended();
    current = run;
  };
  for (const entrant of entrants) {
    tell({ begins: nameOf(entrant) });
    try {
      tell({ racer: shownRacer(await race(entrant, workload, onRun)) });
    } catch (error) {
      if (error instanceof Ended) return;
      // One's own may not start; the others race all the same.
      if (!(error instanceof ServerFailed)) throw error;
      const none = { spanUs: 0, lanes: [], percentilesMs: [] };
      tell({ racer: { name: nameOf(entrant), trouble: error.message, ...none } });
    }
  }
}

function workloadIn({ scene, clients, times, line }: RaceOrder): Workload {
  if (typeof scene === "string" && scene !== "") {
    const found = sceneNamed(scene);
    if (found === undefined) throw new Refused("there is no such scene");
    return found;
  }
  const lines = linesIn(checkedLine(String(line)));
  if (lines.length === 0) throw new Refused("a race needs a request");
  return {
    clients: within(clients, MOST_CLIENTS, "clients"),
    times: within(times, MOST_TIMES, "times"),
    lines,
  };
}

function within(value: unknown, most: number, what: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number) && number >= 1 && number <= most) return number;
  throw new Refused(`${what}: from 1 to ${most}`);
}

function entrantsIn({ eighth, lesson }: RaceOrder, command?: string): Entrant[] {
  const models = LESSONS.map((lesson): Entrant => ({ lesson }));
  if (eighth === "exercise") {
    return [...models, { lesson: lessonOf(Number(lesson)), exercise: true }];
  }
  if (eighth !== "command") return models;
  if (command === undefined) throw new Refused("no command was given");
  return [...models, { command }];
}

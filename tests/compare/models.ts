/** What a comparison has to know of the models beforehand. A new model is one line in the table. */
import { LESSONS } from "../../lessons/tools/lesson_flags.ts";

/** One model: its name, and how many clients it can be given, so that each model can serve them. */
export interface ModelFacts {
  /** As the lessons call it, in at most 22 characters. */
  readonly name: string;
  /** Clients that are served at once, as far as that matters here. */
  readonly served: number;
  /** Idle clients by which the memory for one is measured; 0: it serves one client only. */
  readonly memoryClients: number;
  /** Clients that send PING all the time. */
  readonly pingClients: number;
}

/** The size of each pool: of workers, I/O threads, processes. */
export const POOL = 4;

const MANY = { served: 1000, memoryClients: 500, pingClients: 50 };
/** A thread for each, of some 12 MB. */
const THREADS = { served: 100, memoryClients: 20, pingClients: 10 };

const FACTS: Readonly<Record<number, ModelFacts>> = {
  1: { name: "single-thread accept", served: 1, memoryClients: 0, pingClients: 1 },
  2: { name: "thread per connection", ...THREADS },
  3: { name: "I/O multiplexing", ...MANY },
  4: { name: "worker pool", ...MANY },
  5: { name: "connection thread pool", ...MANY },
  6: { name: "process pool", ...MANY },
  // A thread for each request: idle clients are as cheap as in model 5, busy ones are not.
  7: { name: "thread per event", ...MANY, pingClients: 10 },
};

/** The models that can be compared, in order. */
export const MODELS: readonly number[] = LESSONS;

/** @throws Error when the table lacks the model. */
export function factsOf(model: number): ModelFacts {
  const facts = FACTS[model];
  if (facts === undefined) {
    throw new Error(`tests/compare/models.ts has no line for model ${model}`);
  }
  return facts;
}

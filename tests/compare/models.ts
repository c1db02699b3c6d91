/** What a comparison has to know of the models beforehand. */
import { lessonOf, NUMBERS } from "../../lessons/catalogue.ts";

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

/** The models that can be compared, in order. */
export const MODELS: readonly number[] = NUMBERS;

/** @throws RangeError when there is no such model. */
export function factsOf(model: number): ModelFacts {
  const { name, serial, works } = lessonOf(model);
  if (serial) return { name, served: 1, memoryClients: 0, pingClients: 1 };
  if (works === "thread") return { name, ...THREADS };
  // A thread for each request: idle clients are as cheap as elsewhere, busy ones are not.
  if (works === "event") return { name, ...MANY, pingClients: 10 };
  return { name, ...MANY };
}

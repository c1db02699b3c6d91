/** An experiment that somebody watches: what it does and meets becomes events of the lab's lanes. */
import type { LabEvent } from "../../../lessons/lab/lanes/events.ts";
import { type ClientMoment, ToldSteps } from "../../../lessons/lab/lanes/told_steps.ts";
import { Sampler, type SamplerOptions, takeSample } from "../../../lessons/lab/sample/sampler.ts";
import type { Claim } from "../experiment/claims.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { plainText } from "../report/plain_text.ts";

/** A claim whose experiment is told. */
export interface Watched {
  /** The same claim: to be tried in the place of the other. */
  readonly claim: Claim;
  /** Which client the verdict is about, and when; nothing when it is about none. */
  readonly decider: (measured: string) => Partial<ClientMoment>;
}

const MOST_CHARACTERS = 200;

/** @param emit is told everything, as it happens. */
export function watched(claim: Claim, emit: (event: LabEvent) => void): Watched {
  const watch = new Watch(emit);
  const experiment = async (t: Experiment) => {
    watch.begin(t);
    try {
      return await claim.experiment(t);
    } finally {
      watch.end();
    }
  };
  return { claim: { ...claim, experiment }, decider: (measured) => watch.told.decider(measured) };
}

class Watch {
  readonly told = new ToldSteps();
  #sampler?: Sampler;
  #looks?: SamplerOptions;

  constructor(readonly emit: (event: LabEvent) => void) {}

  /** Listens to an experiment that is about to begin. */
  begin(t: Experiment): void {
    const { record, server, connect } = t;
    this.told.begin();
    t.record = (who, what) => {
      record(who, what);
      this.#step(who, what);
    };
    t.server = async (...args) => {
      const running = await server.apply(t, args);
      this.#sampler?.stop();
      const { pid, port } = running;
      this.#looks = { pid, port, us: now, emit: this.emit };
      this.#sampler = new Sampler(this.#looks);
      return running;
    };
    t.connect = async (...args) => {
      const client = await connect.apply(t, args);
      const number = this.told.numberOf(plain(client.name));
      const port = client.port;
      this.emit({ source: "client", us: now(), client: number, event: "connected", port });
      return client;
    };
  }

  /** What comes after is the tidying up; how things stand now is what the verdict is about. */
  end(): void {
    this.#sampler?.stop();
    if (this.#looks !== undefined) this.emit(takeSample(this.#looks));
  }

  #step(who: string, what: string): void {
    for (const event of this.told.events(now(), plain(who), plain(what))) this.emit(event);
  }
}

function plain(text: string): string {
  return plainText(text, MOST_CHARACTERS);
}

/** The time of the run: since this program began. */
function now(): number {
  return Math.round(performance.now() * 1000);
}

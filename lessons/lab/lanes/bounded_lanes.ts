/** Lanes of a run that may go on for hours: of what is over, so much is kept and no more. */
import type { LabEvent } from "./events.ts";
import { Lanes } from "./lanes.ts";

/** The oldest part of what is kept is forgotten at once: that is quicker than one by one. */
const PARTS = 100;

/** How much is kept. */
export interface Bounds {
  /** More events than that are forgotten, the oldest first. */
  readonly mostEvents: number;
  /** And what is older than that. */
  readonly keptUs: number;
}

/** Lanes that forget. */
export class BoundedLanes extends Lanes {
  /** When each part that is kept had come, the oldest first. */
  readonly #partsUs: number[] = [];
  #added = 0;

  constructor(readonly bounds: Bounds) {
    super();
  }

  /** Takes the next event; now and then the oldest ones go. */
  override add(event: LabEvent): void {
    super.add(event);
    const { mostEvents, keptUs } = this.bounds;
    if (++this.#added < mostEvents / PARTS) return;
    this.#added = 0;
    this.#partsUs.push(this.nowUs);
    const fullUs = this.#partsUs.length < PARTS ? 0 : this.#partsUs.shift() ?? 0;
    this.forgetBefore(Math.max(fullUs, this.nowUs - keptUs));
  }
}

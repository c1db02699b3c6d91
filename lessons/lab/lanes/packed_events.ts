/**
 * Events as they travel to the page. Of a million lines of a trace each word is written many times, and
 * each name of a field a million times: here a word stands once in a batch, and a line is five numbers.
 */
import type { LabEvent, ServerEvent } from "./events.ts";

/** A batch of events. */
export interface PackedEvents {
  /** Each word once. */
  readonly words: readonly string[];
  /**
   * Five numbers an event: its time, the place of its thread and of its kind among the words, its
   * connection, the place of its detail.
   */
  readonly cells: readonly number[];
  /** Events that are no lines of a trace, in order. */
  readonly others: readonly LabEvent[];
}

const CELLS = 5;
/** In the place of the thread: here stands the next one of the others. */
const OTHER = -1;

/** Packs events, in their order. */
export function packed(events: readonly LabEvent[]): PackedEvents {
  const words = new Map<string, number>();
  const placeOf = (word: string): number => {
    const known = words.get(word);
    if (known === undefined) words.set(word, words.size);
    return known ?? words.size - 1;
  };
  const cells: number[] = [], others: LabEvent[] = [];
  for (const one of events) {
    // The first line of a trace says when the clock began, and is packed as it is.
    if (one.source === "server" && one.startedAtMs === undefined) {
      const { us, thread, event, connection, detail } = one;
      cells.push(us, placeOf(thread), placeOf(event), connection, placeOf(detail));
    } else {
      cells.push(0, OTHER, 0, 0, 0);
      others.push(one);
    }
  }
  return { words: [...words.keys()], cells, others };
}

/** The events again. */
export function unpacked({ words, cells, others }: PackedEvents): LabEvent[] {
  const events: LabEvent[] = [];
  let taken = 0;
  for (let at = 0; at < cells.length; at += CELLS) {
    if (cells[at + 1] === OTHER) {
      events.push(others[taken++]);
      continue;
    }
    events.push({
      source: "server",
      us: cells[at],
      thread: words[cells[at + 1]],
      event: words[cells[at + 2]] as ServerEvent["event"],
      connection: cells[at + 3],
      detail: words[cells[at + 4]],
    });
  }
  return events;
}

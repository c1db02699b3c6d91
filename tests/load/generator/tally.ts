/** What one run of a load came to: replies, and how long each took, in a histogram. */
import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
} from "hdr-histogram-js";

/** Times longer than that count as that: ten minutes. */
const MOST_US = 600_000_000;

/** An empty histogram of times in µs; it keeps three digits of each. */
export function newHistogram(): Histogram {
  return build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: MOST_US,
    numberOfSignificantValueDigits: 3,
  });
}

/** A tally as it goes from thread to thread. */
export interface TallyData {
  readonly replies: number;
  readonly unanswered: number;
  readonly seconds: number;
  /** HdrHistogram's own format, version 2, compressed, in Base64. */
  readonly latency: string;
  readonly late: string;
}

/** The counts of one run. */
export class Tally {
  /** Replies that came. */
  replies = 0;
  /** Requests that should have gone and have no reply; each stands in `latency` with its time so far. */
  unanswered = 0;
  /** From the first request until the last reply. */
  seconds = 0;

  /**
   * @param latency in µs: from when a request went, or at a fixed rate from when it should have gone.
   * @param late in µs: how much later than it could a request went at a fixed rate, because the
   *   generator was late and not the server.
   */
  constructor(readonly latency = newHistogram(), readonly late = newHistogram()) {}

  /** Of several threads in the same time, or several runs after another when `inTurn`. */
  static merged(tallies: readonly Tally[], inTurn = false): Tally {
    const all = new Tally();
    for (const { replies, unanswered, seconds, latency, late } of tallies) {
      all.replies += replies;
      all.unanswered += unanswered;
      all.seconds = inTurn ? all.seconds + seconds : Math.max(all.seconds, seconds);
      all.latency.add(latency);
      all.late.add(late);
    }
    return all;
  }

  static from({ replies, unanswered, seconds, latency, late }: TallyData): Tally {
    const tally = new Tally(decodeFromCompressedBase64(latency), decodeFromCompressedBase64(late));
    return Object.assign(tally, { replies, unanswered, seconds });
  }

  toData(): TallyData {
    const { replies, unanswered, seconds } = this;
    const latency = encodeIntoCompressedBase64(this.latency);
    return { replies, unanswered, seconds, latency, late: encodeIntoCompressedBase64(this.late) };
  }
}

/** Takes down a time. */
export function record(histogram: Histogram, ms: number): void {
  histogram.recordValue(Math.min(MOST_US, Math.max(1, Math.round(ms * 1000))));
}

/** What a page is told of its run, besides the events. */
import type { LabEvent } from "../lanes/events.ts";
import type { Proof } from "../lanes/proof.ts";

/** A run that lies in a file. */
export interface SavedItem {
  /** The file's, or the claim that was graded. */
  readonly name: string;
  readonly status?: Proof["status"];
}

/** What the lab was started with, the same for all of its runs. */
export interface Given {
  /** A server in any language: `python3 server.py {port}`. */
  readonly command?: string;
  /** What can be shown again, and what it is. */
  readonly saved?: { readonly title: string; readonly items: readonly SavedItem[] };
}

/** How 'Find the fault' stands. Which server it is comes when it is found. */
export interface FaultState {
  /** By which it was drawn. */
  readonly seed: number;
  /** The server's flags, such as `--workers 2`; may be empty. */
  readonly flags: string;
  /** What was guessed last, and what is to be said of it. */
  readonly guess?: { readonly claim: string; readonly right: boolean; readonly words: string };
  /** The file, with the lines that make the fault lit. */
  readonly source?: {
    readonly path: string;
    readonly lines: readonly { readonly html: string; readonly lit: boolean }[];
  };
}

/** How the run stands. */
export interface SessionState extends Given {
  /** Counts the runs: with a new one the lanes begin anew. */
  readonly run: number;
  /** 0: it is not known. */
  readonly lesson: number;
  /** What it is, where it is no lesson's own server. */
  readonly title: string;
  readonly running: boolean;
  /** What the server said last, when it ended by itself; or why a scene does not go on. */
  readonly words: string;
  /** The game that is played with the run, if one is. */
  readonly fault?: FaultState;
  /** The experiment that the run is about, if it is about one. */
  readonly proof?: Proof;
}

/** Hears of everything. */
export interface Listener {
  events(events: readonly LabEvent[]): void;
  state(state: SessionState): void;
}

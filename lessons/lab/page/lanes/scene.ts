/** What is drawn of a run: which part of its time, on which part of the screen. */
import type { Lanes } from "../../lanes/lanes.ts";

/** What to draw, and where. */
export interface Scene {
  readonly lanes: Lanes;
  readonly fromUs: number;
  readonly toUs: number;
  /** The moment that is looked at; undefined: the newest. */
  readonly cursorUs?: number;
  /** The number of the client whose row stands out. */
  readonly chosen?: number;
  readonly widthPx: number;
  /** The part of the drawing that is on the screen. */
  readonly seenPx: { readonly top: number; readonly bottom: number };
  readonly dark: boolean;
}

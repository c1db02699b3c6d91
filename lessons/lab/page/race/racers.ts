/** Who has come in, in the order in which they raced: what the lanes, bars and curves of a race show. */
import { signal } from "@preact/signals";
import type { ShownRacer } from "../../race/shown.ts";

export const racers = signal<readonly ShownRacer[]>([]);

/** The predictions of the lesson: which one is asked, what somebody said, and what was measured. */
import { batch, signal } from "@preact/signals";
import { firstMissed } from "../../../play/draw.ts";
import { factorBetween, isHit } from "../../../play/hit.ts";
import type { AskedPrediction } from "../../../play/asked.ts";
import { asked, measured, remember, standing } from "../play/games.ts";
import { Round } from "../play/round.ts";

/** A prediction that was made; without a value it could not be settled. */
export interface Settled {
  readonly predicted: number;
  readonly value?: number;
  readonly right: boolean;
  /** What the scene showed, in a sentence. */
  readonly words: string;
}

/** More than anything here takes or counts. */
export const MOST = 1_000_000;

/** What is typed, as a number may be before it is one. */
export const typed = signal("");
export const measuring = signal(false);
export const settled = signal<Settled | undefined>(undefined);

/** The predictions of a lesson: what was missed before comes first, the rest as the lesson has it. */
export const round = new Round<AskedPrediction>(
  ({ predictions }) => firstMissed(predictions, standing("predict")?.missed ?? []),
  () => batch(() => [typed.value, settled.value] = ["", undefined]),
);

/** Commits to what is typed, and has it measured. */
export async function commit(): Promise<void> {
  const item = round.item.value;
  const lesson = asked.value?.lesson;
  if (item === undefined || lesson === undefined || typed.value === "") return;
  const predicted = Number(typed.value);
  measuring.value = true;
  const found = await measured(item.id);
  measuring.value = false;
  // Another lesson may have been opened meanwhile.
  if (found === undefined || round.item.value !== item) return;
  const { value, words } = found;
  const right = value !== undefined && isHit(predicted, value, item.unit);
  settled.value = { predicted, value, words, right };
  if (value === undefined) return;
  round.count(right);
  const off = factorBetween(predicted, value);
  await remember({ game: "predict", lesson, id: item.id, right, off });
}

/** The questions of a round: which one is asked, which choice was made, and what was measured. */
import { batch, computed, signal } from "@preact/signals";
import { drawn } from "../../../play/draw.ts";
import { withUnit } from "../../../play/hit.ts";
import { type Choice, inOrder, nearestChoice, type Question } from "../../../play/questions.ts";
import { asked, measured, measuresNow, remember, standing } from "../play/games.ts";
import { Round } from "../play/round.ts";

/** How many are asked in a round. */
const USUAL = 5;

/** The choice that is marked, and the one that was made. */
export const marked = signal<Choice | undefined>(undefined);
export const made = signal<Choice | undefined>(undefined);
/** What was measured for the question, in a sentence or two. */
export const figure = signal("");

/** Questions by chance, those first that were missed before. */
export const round = new Round<Question>(
  ({ questions }) => drawn(questions, standing("quiz")?.missed ?? [], USUAL, Math.random),
  () => batch(() => [marked.value, made.value, figure.value] = [undefined, undefined, ""]),
);

/** The choices of the question, in the order in which they stand there. */
export const choices = computed(() => inOrder(round.item.value?.choices ?? [], Math.random));

/** Answers with the choice that is marked. */
export async function answer(): Promise<void> {
  const [question, choice, lesson] = [round.item.value, marked.value, asked.value?.lesson];
  if (question === undefined || choice === undefined || lesson === undefined) return;
  made.value = choice;
  const { id } = question;
  round.count(choice.right);
  await remember({ game: "quiz", lesson, id, right: choice.right });
  if (question.measuredBy !== undefined) await measure(question, question.measuredBy);
}

async function measure(question: Question, prediction: string): Promise<void> {
  if (measuresNow()) figure.value = "The scene is played on the server …";
  const { value } = await measured(prediction) ?? {};
  if (round.item.value !== question) return;
  const unit = asked.value?.predictions.find(({ id }) => id === prediction)?.unit;
  figure.value = value === undefined || unit === undefined
    ? "This machine did not get to measure it just now."
    : `${measuresNow() ? "Measured on this machine, just now" : "Recorded for this book"}: ` +
      `${withUnit(value, unit)}.${doubtOf(question, value)}`;
}

/** The machine may have been too busy. */
function doubtOf({ choices }: Question, value: number): string {
  return nearestChoice(choices, value)?.right ? "" : " That is nearer to another choice.";
}

/** A run of predictions: somebody commits to a number, then the scene is played, then both stand there. */
import { bold, dim, green, red } from "@std/fmt/colors";
import type { Lesson } from "../catalogue.ts";
import { drawLanes } from "../lab/screen/draw.ts";
import { columnsOfOutput } from "../lab/screen/width.ts";
import { shortened } from "../tools/flags.ts";
import { print } from "../tools/screen.ts";
import { TASK } from "../tools/typed.ts";
import { type Ask, askForEnter, say } from "./asking.ts";
import { drawBars } from "./bars.ts";
import { factorBetween, isHit, withUnit } from "./hit.ts";
import type { Measurement } from "./measure.ts";
import type { Prediction } from "./prediction.ts";

/** More than anything here takes or counts. */
const MOST = 1_000_000;

/** What a run needs. */
export interface PredictRun {
  readonly lesson: Lesson;
  readonly predictions: readonly Prediction[];
  readonly ask: Ask;
  readonly measure: (prediction: Prediction) => Promise<Measurement>;
  /** Remembers whether one was right, and by which factor it missed. */
  readonly record: (id: string, right: boolean, off: number) => Promise<void>;
}

/** Asks for all numbers, one scene after the other, or until the input ends. */
export async function runPredict(run: PredictRun): Promise<void> {
  const { lesson, predictions } = run;
  print(`${bold(`Predictions on lesson ${lesson.number}: ${lesson.title}`)}\n`);
  let settled = 0, right = 0;
  for (const [at, prediction] of predictions.entries()) {
    print(`\n${dim(`Prediction ${at + 1} of ${predictions.length}`)}\n`);
    const predicted = await numberFor(prediction, run.ask);
    if (predicted === undefined) break;
    const isRight = await settle(prediction, predicted, run);
    if (isRight === undefined) continue;
    settled++;
    if (isRight) right++;
    if (at < predictions.length - 1) await askForEnter(run.ask, "the next one");
  }
  if (settled === 0) return print("Nothing was predicted and measured.\n");
  print(`\n${bold(`${right} of ${settled} right.`)}`);
  const again = `What you missed is asked again first: ${TASK} predict ${lesson.number}`;
  print(right === settled ? "\n" : ` ${again}\n`);
}

/** The number that somebody commits to; undefined when the input has ended. */
async function numberFor({ asks, here, unit }: Prediction, ask: Ask): Promise<number | undefined> {
  say(asks);
  if (here !== undefined) say(here);
  for (;;) {
    const typed = await ask(`Your number, in ${unit}: `);
    if (typed === undefined) return undefined;
    const [, digits] = /^(\d+(?:\.\d+)?)(?: *[a-z]+)?$/i.exec(typed) ?? [];
    if (digits !== undefined && Number(digits) <= MOST) return Number(digits);
    print(`'${shortened(typed)}' is no number from 0 to ${MOST}.\n`);
  }
}

/** Measures, and shows both. Returns whether it was right; undefined: nothing could be measured. */
async function settle(
  prediction: Prediction,
  predicted: number,
  { ask, measure, record }: PredictRun,
): Promise<boolean | undefined> {
  print(dim("The scene is played on the server …") + "\n");
  const { id, unit, why } = prediction;
  const { lanes, value, words } = await measure(prediction);
  if (value === undefined) {
    say(`${words} So nothing was measured; the machine may be too busy.`);
    return undefined;
  }
  const right = isHit(predicted, value, unit);
  const bars = [
    { name: "predicted", value: predicted, text: withUnit(predicted, unit) },
    { name: "measured", value, text: withUnit(value, unit) },
  ];
  print(`\n${drawBars(bars, columnsOfOutput()).join("\n")}\n\n`);
  say(`${right ? green("Right.") : red("Missed.")} ${why}`);
  await record(id, right, factorBetween(predicted, value));
  await askForEnter(ask, "what each thread and each client did");
  print(`\n${drawLanes(lanes, columnsOfOutput()).join("\n")}\n\n`);
  say(words);
  return right;
}

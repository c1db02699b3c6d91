/** The games on the page: what is asked on a lesson, what is measured, and what is remembered. */
import { type Lesson, lessonOf } from "../../catalogue.ts";
import type { Asked } from "../../play/asked.ts";
import { askedOn } from "../../play/asked_on.ts";
import { progressText, recordAnswer } from "../../play/progress_file.ts";
import { usable } from "../../play/progress_lines.ts";
import { PREDICTIONS } from "../../play/predictions.ts";
import { questionsOf } from "../../play/quiz_file.ts";
import { type Answer, GAMES } from "../../play/score.ts";
import { Refused } from "./orders.ts";
import type { Session } from "./session.ts";

/** What is asked on a lesson, and how somebody stands: the text of `.progress`. */
export interface GamesPage extends Asked {
  readonly progress: string;
}

/** What a scene showed. */
export interface MeasuredForPage {
  /** In the prediction's unit; undefined: the scene did not show it. */
  readonly value?: number;
  readonly words: string;
}

/** The games, with a file in which the answers are remembered. */
export class Games {
  constructor(readonly session: Session, readonly file: URL) {}

  /** What a page needs to ask. Throws RangeError when there is no such lesson. */
  async page(number: number): Promise<GamesPage> {
    const progress = usable(await progressText(this.file));
    return { ...await askedOn(lessonOf(number)), progress };
  }

  /** Does what the page asks for. Throws `Refused`, `ServerFailed`, `ProgressError`. */
  async act(order: Record<string, unknown> | null): Promise<unknown> {
    const lesson = lessonOf(Number(order?.lesson));
    if (order?.do === "measure") return await this.#measure(lesson, String(order.id));
    if (order?.do === "record") return await this.#record(await answerIn(order, lesson));
    throw new Refused("that is no order");
  }

  async #measure(lesson: Lesson, id: string): Promise<MeasuredForPage> {
    const prediction = predictionsOf(lesson).find((one) => one.id === id);
    if (prediction === undefined) throw new Refused("there is no such prediction");
    const { value, words } = await this.session.measure(prediction, lesson);
    return { value, words };
  }

  async #record(answer: Answer): Promise<{ progress: string }> {
    await recordAnswer(answer, this.file);
    return { progress: usable(await progressText(this.file)) };
  }
}

function predictionsOf({ number }: Lesson) {
  return PREDICTIONS.get(number) ?? [];
}

/** The answer to a question that there is: it becomes a line of a file. Throws `Refused`. */
async function answerIn(order: Record<string, unknown>, lesson: Lesson): Promise<Answer> {
  const { id, right, off } = order;
  const game = GAMES.find((one) => one === order.game);
  const bank = game === "quiz" ? await questionsOf(lesson) : predictionsOf(lesson);
  const asked = bank.find((one) => one.id === id);
  if (game === undefined || asked === undefined) throw new Refused("there is no such question");
  if (typeof right !== "boolean") throw new Refused("an answer is right or it is not");
  const known = game === "predict" && Number.isFinite(off) && Number(off) >= 1;
  return { game, lesson: lesson.number, id: asked.id, right, ...known && { off: Number(off) } };
}

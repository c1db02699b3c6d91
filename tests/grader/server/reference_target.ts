/** A lesson's own server, as something to be tested. */
import { lessonOf, modelOf, startsProcesses } from "../../../lessons/catalogue.ts";
import type { Floor } from "../../../models/parts/options.ts";
import type { Target } from "./target.ts";

const ROOT = new URL("../../../", import.meta.url);

/** The model that the lesson is about, on one of its floors. */
export function referenceTarget(number: number, io?: Floor): Target {
  const lesson = lessonOf(number);
  const name = modelOf(lesson);
  const processes = startsProcesses(lesson) ? "trusted" : undefined;
  return { kind: "file", name, url: new URL(name, ROOT).href, processes, io };
}

/** All scenes, by lesson. */
import { lesson1 } from "./lesson1.ts";
import { lesson2 } from "./lesson2.ts";
import { lesson3 } from "./lesson3.ts";
import { lesson4 } from "./lesson4.ts";
import { lesson5 } from "./lesson5.ts";
import { lesson6 } from "./lesson6.ts";
import { lesson7 } from "./lesson7.ts";
import type { Scene } from "./scene.ts";

/** The scene that shows a claim; undefined: there is none. */
export function sceneNamed(claim: string): Scene | undefined {
  return SCENES.get(parseInt(claim))?.find((one) => one.claim === claim);
}

/** The scenes of each lesson, pros first. */
export const SCENES: ReadonlyMap<number, readonly Scene[]> = new Map([
  [1, lesson1],
  [2, lesson2],
  [3, lesson3],
  [4, lesson4],
  [5, lesson5],
  [6, lesson6],
  [7, lesson7],
]);

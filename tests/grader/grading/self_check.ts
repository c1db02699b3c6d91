/**
 * Whether this machine can grade a lesson: its own model is handed in like anybody's work, runs in the
 * same box with the same limits, and has to have full marks. Otherwise nobody's marks would be right.
 * It takes as long as one submission, and is remembered for this machine, code and settings.
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { lessonOf, modelOf } from "../../../lessons/catalogue.ts";
import type { LessonClaims } from "../experiment/claims.ts";
import { anySeed } from "../experiment/random.ts";
import { plainText } from "../report/plain_text.ts";
import type { ClaimResult } from "../report/result.ts";
import { submissionDenoDir } from "../submission/deno_folder.ts";
import { registryVariable } from "../submission/npm_registry.ts";
import { makeScratch, removeIfThere } from "../submission/scratch.ts";
import { gradeTogether } from "./grade_lesson.ts";
import { graderFingerprint } from "./grader_fingerprint.ts";
import { lessonTargets } from "./lesson_targets.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const TRIES = 2;
const MOST_CHARACTERS = 300;
/** What a container may use: another limit is another place to grade in. */
const LIMITS = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/cpu.max", "/proc/sys/kernel/hostname"];

/**
 * Grades the lesson's model, unless it is known to have full marks here.
 *
 * @param own the folder of claims of one's own that are among the lesson's.
 * @returns why nobody can be marked here, in one line; undefined when all is well.
 */
export async function whyNotHere(lesson: LessonClaims, own?: string): Promise<string | undefined> {
  const known = join(dirname(submissionDenoDir()), "connfd_checked", markOf(lesson, own));
  if (existsSync(known)) return undefined;
  const why = await whyModelFails(lesson);
  if (why === undefined) remember(known);
  return why;
}

function markOf({ lesson, folder }: LessonClaims, claims?: string): string {
  const machine = LIMITS.map((path) => existsSync(path) ? Deno.readTextFileSync(path) : "");
  const { total } = Deno.systemMemoryInfo();
  const settings = [
    `${total}`,
    `${navigator.hardwareConcurrency}`,
    JSON.stringify(registryVariable()),
  ];
  return graderFingerprint({ lesson, folder, claims }, [...machine, ...settings]);
}

async function whyModelFails(lesson: LessonClaims): Promise<string | undefined> {
  const folder = makeScratch();
  const path = join(folder, "exercise.ts");
  writeModel(lesson.lesson, folder);
  const [target] = await lessonTargets([lesson], { kind: "file", path, typed: "exercise.ts" });
  let why: string | undefined;
  for (let tries = 1; tries <= TRIES; tries++) {
    const [{ rows, problem }] = await gradeTogether([target], { seed: anySeed() });
    why = problem ?? lostText(rows);
    if (why === undefined) break;
  }
  removeIfThere(folder);
  if (why === undefined) return undefined;
  const text =
    `nobody is marked: here lesson ${lesson.lesson}'s own model has not full marks; ${why}`;
  return plainText(text, MOST_CHARACTERS);
}

/** The model with the files of its own folder that it imports, as somebody would hand it in. */
function writeModel(number: number, folder: string): void {
  const model = join(ROOT, modelOf(lessonOf(number)));
  const write = (path: string, name: string) => {
    const text = Deno.readTextFileSync(path);
    const moved = text.replaceAll('"./parts/', '"../../models/parts/');
    Deno.writeTextFileSync(join(folder, name), moved);
    for (const [, other] of text.matchAll(/ from "\.\/(\w+\.ts)"/g)) {
      write(join(dirname(path), other), other);
    }
  };
  write(model, "exercise.ts");
}

function lostText(rows: readonly ClaimResult[]): string | undefined {
  const lost = rows.filter(({ status }) => status !== "pass");
  return lost.length === 0
    ? undefined
    : lost.map(({ id, measured }) => `${id}: ${measured}`).join("; ");
}

/** Where nothing can be kept, it is tried each time. */
function remember(path: string): void {
  try {
    Deno.mkdirSync(dirname(path), { recursive: true });
    Deno.writeTextFileSync(path, "");
  } catch {
    // A cache that is read-only.
  }
}

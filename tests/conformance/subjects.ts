/**
 * The servers that the conformance tests are about: every model, and each way in which it can be run
 * that a client could notice. What is tested is the same for all; where models differ on purpose, the
 * table says how.
 */
import { type Lesson, LESSONS } from "../../lessons/catalogue.ts";
import { DEFAULTS } from "../../models/parts/sizes.ts";
import type { Floor } from "../../models/parts/options.ts";
import type { Sizes } from "../grader/server/target.ts";

/** One server, and what it shows of its model. */
export interface Subject {
  /** Begins the title of each of its tests. */
  readonly name: string;
  /** The number of its lesson. */
  readonly model: number;
  /** What it stands on. */
  readonly io: Floor;
  /** How it is started. */
  readonly sizes: Sizes;
  /** True when one client is served from accept to close, and all others wait. */
  readonly serial: boolean;
  /** What INFO calls the model, and the sizes it tells. */
  readonly info: { readonly model: string; readonly sizes: Readonly<Record<string, number>> };
  /** The `threads` of INFO while so many clients are connected. */
  readonly threads: (clients: number) => number;
  /** What WHO may answer. */
  readonly who: RegExp;
}

/** How many threads, or processes, it is started with, where that can be said. */
const FEW = 2;

/** What a server is told of its sizes. */
function sizesOf({ sizes, works }: Lesson): Sizes {
  // Each process counts, and keeps to its limits, for itself: with one, what is seen is exact.
  const few = works === "process" ? 1 : FEW;
  const told = Object.values(sizes).filter((size) => size !== "maxEventThreads");
  return Object.fromEntries(told.map((size) => [size, few]));
}

/** What INFO tells of the server's sizes. */
function infoSizes(lesson: Lesson): Record<string, number> {
  const told = sizesOf(lesson);
  const names = Object.entries(lesson.sizes);
  return Object.fromEntries(names.map(([name, size]) => [name, told[size] ?? DEFAULTS[size]]));
}

/** How many threads INFO counts while so many clients are connected. */
function threadsOf({ watches, works }: Lesson, clients: number): number {
  if (works === "main" || works === "process") return 1;
  if (works === "thread") return 1 + clients;
  // Main, those of the pool, and in model 7 the one that answers INFO.
  return 1 + FEW + (watches === works || works === "worker" ? 0 : 1);
}

function subjectOf(lesson: Lesson, io: Floor): Subject {
  const { number, slug, works, serial = false } = lesson;
  return {
    name: io === "deno" ? `model ${number}` : `model ${number}, ${io}`,
    model: number,
    io,
    sizes: sizesOf(lesson),
    serial,
    info: { model: slug, sizes: infoSizes(lesson) },
    threads: (clients) => threadsOf(lesson, clients),
    who: new RegExp(works === "main" ? "^main$" : `^${works}-\\d+$`),
  };
}

/** `FLOOR=kernel deno test -A tests/conformance` tries all of it on the other floor. */
const FLOOR: Floor = Deno.env.get("FLOOR") === "kernel" ? "kernel" : "deno";

/** Each lesson's server on the kernel floor, where there is one way to hand a connection over. */
export const kernelSubjects: readonly Subject[] = LESSONS.map((lesson) =>
  subjectOf(lesson, "kernel")
);

/** Every server of a floor: each lesson's, and each way in which it hands connections over. */
export function subjectsOn(floor: Floor): readonly Subject[] {
  if (floor === "kernel") return kernelSubjects;
  return LESSONS.flatMap((lesson) => {
    const subject = subjectOf(lesson, floor);
    if (!lesson.handsOver) return [subject];
    return (["descriptor", "stream"] as const).map((handover) => {
      const sizes = { ...subject.sizes, handover };
      return { ...subject, name: `${subject.name}, ${handover}`, sizes };
    });
  });
}

/** Every server that is tested. */
export const subjects: readonly Subject[] = subjectsOn(FLOOR);

/** The servers that serve many clients at once. */
export const concurrentSubjects: readonly Subject[] = subjects.filter(({ serial }) => !serial);

/** The one that serves one client after the other. */
export const serialSubjects: readonly Subject[] = subjects.filter(({ serial }) => serial);

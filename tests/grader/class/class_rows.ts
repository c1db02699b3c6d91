/** The table of a class, of results, class list, days and policy. */
import type { About, ClassRow, StudentResult } from "../report/summary.ts";
import { totals } from "../report/result.ts";
import type { ClassOptions } from "./class_options.ts";
import { afterLateness, byPolicy } from "./policy.ts";
import { type Member, Members } from "./roster.ts";

/** A class that was graded: who has what, and what else is known of each by the name. */
export interface ClassResults {
  readonly lessons: readonly number[];
  readonly results: readonly StudentResult[];
  readonly about: ReadonlyMap<string, About>;
}

/** The table, and who is not where they should be. */
export interface ClassTable {
  readonly lessons: readonly number[];
  /** In the order of the class; after them those who handed in nothing. */
  readonly rows: readonly ClassRow[];
  /** Who of the class list it is. */
  readonly members: ReadonlyMap<ClassRow, Member>;
  /** Who has handed in, and is not in the class list. */
  readonly strangers: readonly string[];
  /** Who is one of the class list, as another row is too. */
  readonly twice: readonly string[];
}

/** Puts together what is known. */
export function classTable(
  { lessons, results, about }: ClassResults,
  { roster, lateDays, policy }: ClassOptions,
): ClassTable {
  const list = new Members(roster?.members ?? []);
  const members = new Map<ClassRow, Member>();
  const rows = results.map(({ student, result }): ClassRow => {
    const counted = byPolicy(result, policy);
    const { score, max_score } = counted;
    const days = lateDays?.(student);
    const final = afterLateness(score, days ?? 0, policy);
    const row = { ...about.get(student), student, result: counted, max_score, final };
    return { ...row, lateDays: days };
  });
  const twice: string[] = [];
  for (const row of rows) {
    const member = list.find(row.student);
    if (member === undefined) continue;
    if (members.values().some((other) => other === member)) twice.push(row.student);
    members.set(row, member);
  }
  const strangers = roster === undefined ? [] : rows.filter((row) => !members.has(row));
  const max_score = Math.max(0, ...rows.map((row) => row.max_score));
  const present = new Set(members.values());
  const absent = list.members.filter((member) => !present.has(member)).map((member): ClassRow => {
    const row = { student: member.name, max_score, final: 0, lateDays: lateDays && 0 };
    members.set(row, member);
    return row;
  });
  return {
    lessons,
    rows: [...rows, ...absent],
    members,
    strangers: strangers.map(({ student }) => student),
    twice,
  };
}

/** One result a student, of the results for each lesson. */
export function mergeLessons(byLesson: readonly (readonly StudentResult[])[]): StudentResult[] {
  if (byLesson.length === 1) return [...byLesson[0]];
  const all = Map.groupBy(byLesson.flat(), ({ student }) => student);
  return Array.from(all.values(), (each) => {
    const lessons = each.flatMap(({ result }) => result.lessons);
    const error = each.map(({ result }) => result.error).filter((one) => one !== "").join("; ");
    const duration_ms = each.reduce((sum, { result }) => sum + result.duration_ms, 0);
    return {
      ...each[0],
      result: { ...each[0].result, lessons, error, duration_ms, ...totals(lessons) },
    };
  });
}

/** What is known of each from several lessons: the highest likeness, all notes. */
export function mergeAbout(all: readonly ReadonlyMap<string, About>[]): Map<string, About> {
  const merged = new Map<string, About>();
  for (const [student, next] of all.flatMap((map) => [...map])) {
    const before = merged.get(student) ?? {};
    const likest = (next.likeness ?? -1) > (before.likeness ?? -1) ? next : before;
    const notes = new Set([before.note ?? "", next.note ?? ""].filter((note) => note !== ""));
    const { likeness, like } = likest;
    merged.set(student, { likeness, like, note: [...notes].join("; ") });
  }
  return merged;
}

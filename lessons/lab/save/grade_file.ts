/**
 * A grade as a file, `deno task grade --json result.json`, to be shown: the steps of each claim lie over
 * the lanes of its clients. The server told nothing and nobody looked at it from outside, so what is
 * known of it is what its clients met.
 */
import type { LabEvent } from "../lanes/events.ts";
import type { Proof } from "../lanes/proof.ts";
import { ToldSteps } from "../lanes/told_steps.ts";
import { RunFileError } from "./run_file.ts";

const SCHEMA = "connfd/grade/v1";

/** A claim that was graded. */
export interface GradedClaim {
  readonly lesson: number;
  readonly proof: Proof;
  readonly events: readonly LabEvent[];
}

/** A grade that was saved. */
export interface SavedGrade {
  /** What was graded: a file's path or a command. */
  readonly target: string;
  readonly claims: readonly GradedClaim[];
}

/** The fields of the file that are used; each may be missing in what a stranger sends. */
interface File {
  readonly schema?: unknown;
  readonly target?: unknown;
  readonly lessons?: readonly { readonly lesson?: unknown; readonly claims?: readonly Row[] }[];
}

interface Row {
  readonly id?: unknown;
  readonly status?: unknown;
  readonly measured?: unknown;
  readonly hint?: unknown;
  readonly said?: readonly unknown[];
  readonly steps?: readonly { readonly atMs: unknown; readonly who: unknown; what: unknown }[];
}

/** Reads the file's text. Throws `RunFileError`. */
export function readGradeFile(text: string): SavedGrade {
  let file: File | null;
  try {
    file = JSON.parse(text);
  } catch {
    throw new RunFileError("it is not JSON");
  }
  if (file?.schema !== SCHEMA) throw new RunFileError(`no grade was saved in it (${SCHEMA})`);
  try {
    const claims = (file.lessons ?? []).flatMap(({ lesson, claims = [] }) =>
      claims.map((row) => claimOf(Number(lesson), row))
    );
    if (claims.length > 0) return { target: String(file.target), claims };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  throw new RunFileError("there is no claim in it that was tried");
}

/** Throws TypeError when a field is not what it is in a grade. */
function claimOf(lesson: number, { id, status, measured, hint, said = [], steps = [] }: Row) {
  const isStatus = status === "pass" || status === "fail" || status === "inconclusive";
  if (!isStatus || !Number.isSafeInteger(lesson)) throw new TypeError("no claim");
  const told = new ToldSteps();
  const events = steps.flatMap(({ atMs, who, what }) => {
    const us = Math.round(Number(atMs) * 1000);
    if (!Number.isFinite(us)) throw new TypeError("a step without its time");
    return told.events(us, String(who), String(what)).flatMap(connectedAtOnce);
  });
  const words = said.map((line) => `It said: ${line}`);
  const proof: Proof = {
    claim: String(id),
    status,
    measured: [String(measured), ...words].join(" "),
    hint: String(hint ?? ""),
    ...told.decider(String(measured)),
  };
  return { lesson, proof, events } satisfies GradedClaim;
}

/** The step stands for a client that has connected. */
function connectedAtOnce(event: LabEvent): LabEvent[] {
  if (event.source !== "client" || event.event !== "connect") return [event];
  return [event, { ...event, event: "connected" }];
}

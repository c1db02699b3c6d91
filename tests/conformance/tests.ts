/**
 * Makes a test of each server from one body: `model 3: a request cut into single bytes is answered`.
 * A server is a process of its own, seen from outside only.
 */
import { referenceTarget } from "../grader/server/reference_target.ts";
import { Experiment } from "../grader/experiment/experiment.ts";
import { procExists } from "../grader/server/proc.ts";
import type { RunningServer } from "../grader/server/running_server.ts";
import type { Sizes, Target } from "../grader/server/target.ts";
import { type Subject, subjects } from "./subjects.ts";

/** What is tried on a server. `t` can tell when the server has done what it can do. */
export type Body = (server: RunningServer, t: Experiment, subject: Subject) => Promise<void>;

/** Options of `testEach`. */
export interface TestOptions {
  /** Which servers are tested. Default: all. */
  readonly tested?: readonly Subject[];
  /** Besides those of the subject. */
  readonly sizes?: (subject: Subject) => Sizes;
  /** What is started. Default: the model. */
  readonly target?: (subject: Subject) => Target;
}

/** Tests of which each gets a server of its own: for bodies that count, or strain it. */
export function testEach(title: string, body: Body, options: TestOptions = {}): void {
  const { tested = subjects, target = targetOf, sizes = () => ({}) } = options;
  for (const subject of tested) {
    define(subject, title, async () => {
      const t = new Experiment(target(subject));
      try {
        const server = await t.server({ ...subject.sizes, ...sizes(subject) });
        await tryOut(body, server, t, subject);
      } finally {
        await t.end();
      }
    });
  }
}

/**
 * Starts one server of each subject for all tests of the calling file: for bodies that leave a server
 * as they found it. To be called once.
 *
 * @returns `testEach` for those servers.
 */
export function onSharedServers(): (
  title: string,
  body: Body,
  tested?: readonly Subject[],
) => void {
  const running = new Map<Subject, { t: Experiment; server: RunningServer }>();
  if (procExists) {
    Deno.test.beforeAll(async () => {
      await Promise.all(subjects.map(async (subject) => {
        const t = new Experiment(targetOf(subject));
        running.set(subject, { t, server: await t.server(subject.sizes) });
      }));
    });
    Deno.test.afterAll(async () => {
      await Promise.all(Array.from(running.values(), ({ t }) => t.end()));
    });
  }
  return (title, body, tested = subjects) => {
    for (const subject of tested) {
      define(subject, title, async () => {
        const { t, server } = running.get(subject)!;
        await tryOut(body, server, t, subject);
      });
    }
  };
}

function targetOf({ model, io }: Subject): Target {
  return referenceTarget(model, io);
}

function define(subject: Subject, title: string, fn: () => Promise<void>): void {
  const reason = procExists ? "" : " (not run: servers are watched by way of Linux's /proc)";
  Deno.test(`${subject.name}: ${title}${reason}`, { ignore: !procExists }, fn);
}

/** Runs the body; when it fails, what the server had to say goes with it. */
async function tryOut(
  body: Body,
  server: RunningServer,
  t: Experiment,
  subject: Subject,
): Promise<void> {
  try {
    await body(server, t, subject);
  } catch (error) {
    const ended = server.running ? "" : "\nThe server has ended.";
    const words = server.stderr === "" ? "" : `\nThe server wrote: ${server.stderr}`;
    if (error instanceof Error) error.message += ended + words;
    throw error;
  }
}

/**
 * When a grading ends, all of it ends: whichever front end it was, and whoever ended it. A server that
 * leaves processes behind in many ways is graded; five seconds later there is none of them, nobody
 * listens, and the temporary folder is empty.
 */
import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { childrenOf, procExists } from "../grader/server/proc.ts";
import { goodSubmission, withFiles } from "./grader_program.ts";
import {
  commandLines,
  countOf,
  endsWithNothing,
  GONE_MS,
  HUNG_MS,
  until,
} from "./left_behind_kit.ts";
import { taskArguments } from "../of_lessons/lesson_process.ts";
import { ROOT } from "../of_lessons/program.ts";

const ignore = !procExists;
const LEAVES = fileURLToPath(new URL("../servers/hostile/leaves_things.sh", import.meta.url));

function startTask(task: "grade" | "grade-all", args: string[], folder: string) {
  return new Deno.Command(Deno.execPath(), {
    args: taskArguments(task, args),
    cwd: ROOT,
    env: { TMPDIR: `${folder}/tmp` },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
}

const gradeCommand = (folder: string, mark: string) =>
  startTask("grade", ["1", "--command", `sh "${LEAVES}" {port} ${mark}`], folder);

/** The process that grades; what was started only waits for it. */
function workerOf(grader: Deno.ChildProcess): number {
  const [worker] = childrenOf(grader.pid);
  assert(worker > 0, "there is no worker");
  return worker;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGKILL"] as const) {
  Deno.test({ name: `grade --command: nothing is left after ${signal}`, ignore }, async () => {
    await endsWithNothing(gradeCommand, (grader) => grader.kill(signal));
  });
}

Deno.test(
  { name: "grade --command: nothing is left when its worker is killed", ignore },
  async () => {
    await endsWithNothing(gradeCommand, (grader) => Deno.kill(workerOf(grader), "SIGKILL"));
  },
);

Deno.test(
  { name: "grade --command: nothing is left after Ctrl-\\, which reaches both", ignore },
  async () => {
    await endsWithNothing(gradeCommand, (grader) => {
      for (const pid of [workerOf(grader), grader.pid]) Deno.kill(pid, "SIGQUIT");
    });
  },
);

Deno.test(
  {
    name: "grade --command: nothing is left when it is killed while its worker is stopped",
    ignore,
  },
  async () => {
    await endsWithNothing(gradeCommand, (grader) => {
      Deno.kill(workerOf(grader), "SIGSTOP");
      grader.kill("SIGKILL");
    });
  },
);

Deno.test(
  { name: "grade: who is killed while its worker starts grades nothing", ignore },
  async () => {
    await withFiles({ "tmp/.keep": "" }, async (folder) => {
      const json = `--json=${folder}/result.json`;
      const grader = startTask("grade", ["1", "--reference", json], folder);
      assert(
        await until(() => childrenOf(grader.pid).length > 0, HUNG_MS),
        "no worker was started",
      );
      grader.kill("SIGKILL");
      await grader.status;
      await until(() => countOf(json) === 0, GONE_MS);
      assertEquals(commandLines().filter((line) => line.includes(json)), []);
    });
  },
);

Deno.test(
  { name: "grade --command: nothing is left when `deno task` is killed", ignore },
  async () => {
    await endsWithNothing(
      (folder, mark) =>
        new Deno.Command(Deno.execPath(), {
          args: ["task", "grade", "1", "--command", `sh "${LEAVES}" {port} ${mark}`],
          cwd: ROOT,
          env: { TMPDIR: `${folder}/tmp` },
          stdin: "null",
          stdout: "null",
          stderr: "null",
        }).spawn(),
      (task) => task.kill("SIGKILL"),
    );
  },
);

Deno.test({ name: "grade --command: nothing is left when it is done", ignore }, async () => {
  await endsWithNothing(gradeCommand, () => {});
});

for (const signal of ["SIGTERM", "SIGKILL"] as const) {
  Deno.test({ name: `grade-all: nothing is left after ${signal}`, ignore }, async () => {
    await withFiles({ "class/ann.ts": goodSubmission() }, async (folder) => {
      await Deno.mkdir(`${folder}/tmp`);
      const args = [`${folder}/class`, "--lesson=3", `--out=${folder}/grades`];
      const grader = startTask("grade-all", args, folder);
      const staged = `${folder}/tmp/connfd-`;
      assert(await until(() => countOf(staged) > 1, HUNG_MS), "no server was started");
      grader.kill(signal);
      await grader.status;
      await until(() => countOf(staged) === 0, GONE_MS);
      assertEquals(commandLines().filter((line) => line.includes(staged)), []);
      await until(() => [...Deno.readDirSync(`${folder}/tmp`)].length === 0, GONE_MS);
      assertEquals([...Deno.readDirSync(`${folder}/tmp`)], []);
    });
  });
}

Deno.test(
  { name: "a folder that a killed grader has left is swept by the next one", ignore },
  async () => {
    await withFiles({ "tmp/connfd-4194303-old/lessons/exercise.ts": "" }, async (folder) => {
      const old = `${folder}/tmp/connfd-4194303-old`;
      await Deno.utime(old, 0, 0);
      const file = `${folder}/exercise.ts`;
      await Deno.writeTextFile(file, "export {};");
      await startTask("grade", ["3", "--file", file], folder).status;
      assertEquals([...Deno.readDirSync(`${folder}/tmp`)], []);
    });
  },
);

/**
 * Strangers' code under the grader: what each file in `hostile/` tries has to fail, cost it all its
 * points and others nothing, and be told in one line. Every group runs several at the same time.
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { lesson3 } from "../lesson3_test.ts";
import { lesson4 } from "../lesson4_test.ts";
import { gradeLessons } from "../grader/grading/grade_lessons.ts";
import { inParallel } from "../grader/grading/in_parallel.ts";
import { alive, childrenOf, procExists } from "../grader/server/proc.ts";
import type { GradeResult } from "../grader/report/result.ts";
import { takeSubmission } from "../grader/submission/take_submission.ts";
import type { Target } from "../grader/server/target.ts";
import { refused, write } from "../servers/hostile/generated.ts";

const FOLDER = new URL("../servers/hostile/", import.meta.url).pathname;
const AT_ONCE = 3;
/** No attack may hold the grader up for longer, however busy the machine is. */
const MOST_MS = 60_000;
/** Those that a server which does nothing might pass. */
const CLAIMS = ["3.P1", "3.P3", "3.C1", "4.C2"];

/** Whoever is ended for what it used up, or whose bytes are no replies, has no claim left. */
const graded: Readonly<Record<string, RegExp>> = {
  says_nothing: /nothing comes/,
  closes_at_once: /closed the connection|reset/,
  answers_ok: /it got "\+OK"/,
  answers_errors: /it got "-ERR no"/,
  echoes_bytes: /it got "\[PING\]"/,
  floods_replies: /replies without end/,
  floods_large_replies: /bulk length 536870912/,
  floods_garbage: /a line too long/,
  floods_arrays: /array length 1048576|an array of more than 1048576 bytes/,
  exits_when_asked: /closed the connection|reset|ended/,
  crashes_when_asked: /closed the connection|reset|ended/,
  never_accepts: /nothing comes/,
};

const notStarted: Readonly<Record<string, RegExp>> = {
  spins_at_import: /does not listen on .+ after 2 s of CPU time$/,
  exits_at_import: /ended before it listened; it said nothing$/,
  never_loads: /does not listen on .+ and waits: no thread of it runs$/,
  listens_nowhere: /does not listen on .+ and waits: no thread of it runs$/,
  listens_on_any: /and waits: no thread of it runs; it listens on port \d+ instead$/,
  default_serve: /does not export a function named serve; a default export is not looked for"$/,
  listens_elsewhere:
    /it said: "\S+\.ts:\d+:\d+: serve\(\) asks for 127\.0\.0\.1:\d+: it may use 127\.0\.0\.1:\d+ only, so/,
  no_serve: /it said: "does not export a function named serve"$/,
  serve_throws:
    /it said: "\S+serve_throws\.ts:\d+:\d+: serve\(\) failed: all claims.+characters more\)"$/,
  serve_returns_nothing: /it said: "serve\(\) has to return/,
  breaks_its_host: /ended before it listened/,
  takes_heap: /(ended by the grader: it used \d+ MiB of memory; 1024 MiB are allowed|CPU time)$/,
};

const greedy = ["spins_in_accept", "takes_memory"];

async function targetOf(name: string): Promise<Target> {
  const checked = await takeSubmission(`${FOLDER}${name}.ts`);
  if ("refused" in checked) throw new Error(checked.refused);
  return checked.target;
}

/** Grades a submission by some claims, of more than one lesson. */
async function grade(name: string, ids: readonly string[]): Promise<GradeResult> {
  const known = [...lesson3.claims, ...lesson4.claims];
  const claims = known.filter(({ id }) => ids.includes(id));
  const target = await targetOf(name);
  return await gradeLessons(name, [{ claims: { ...lesson3, claims }, target }], { seed: 1 });
}

/** A test of several attacks at the same time; each is told by its name when it comes through. */
function attacks(title: string, names: readonly string[], run: (name: string) => Promise<void>) {
  const test = async () => {
    const failures: string[] = [];
    await inParallel(names, AT_ONCE, async (name) => {
      const startMs = performance.now();
      await run(name).catch((error) => failures.push(`${name}: ${error.message}`));
      const tookMs = performance.now() - startMs;
      if (tookMs > MOST_MS) failures.push(`${name}: held up the grader for ${tookMs} ms`);
    });
    const left = childrenOf(Deno.pid).filter(alive);
    assertEquals(
      [failures.join("\n"), left],
      ["", []],
      "attacks that came through, processes left",
    );
  };
  Deno.test({ name: `${title}: ${names.length} attacks`, ignore: !procExists }, test);
}

function assertOneLine(text: string, pattern: RegExp): void {
  assertMatch(text, pattern);
  // deno-lint-ignore no-control-regex
  assert(!/[\u0000-\u001f\u007f-\u009f\u202e]/.test(text), `a control character in ${text}`);
  assert(text.length <= 600, `${text.length} characters in one line`);
}

attacks("Refused before anything of it runs", Object.keys(refused), async (name) => {
  const parent = await Deno.makeTempDir();
  const checked = await takeSubmission(write(`${parent}/submission`, refused[name]));
  await Deno.remove(parent, { recursive: true });
  assert("refused" in checked, "it was not refused");
  assertOneLine(checked.refused, refused[name].says);
});

attacks("Never listens, and costs a second or two", Object.keys(notStarted), async (name) => {
  const { score, error, lessons: [{ claims }] } = await grade(name, CLAIMS);
  assertEquals(score, 0);
  assertOneLine(error, notStarted[name]);
  assert(claims.every(({ tries }) => tries === 0), "claims were tried all the same");
});

attacks("Listens, and gets no point", Object.keys(graded), async (name) => {
  const { score, error, lessons: [{ claims }] } = await grade(name, CLAIMS);
  assertEquals([score, error], [0, ""]);
  assert(claims.every(({ status }) => status === "fail"), JSON.stringify(claims));
  for (const { measured, hint } of claims) assertOneLine(measured + hint, /./);
  assert(claims.some(({ measured }) => graded[name].test(measured)), claims[0].measured);
});

attacks(
  "Takes more than its share, and gets no point",
  greedy,
  async (name) => {
    const { score, lessons: [{ claims: [{ status }] }] } = await grade(name, ["3.C1"]);
    assertEquals([score, status], [0, "fail"]);
  },
);

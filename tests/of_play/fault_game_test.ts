/** 'Find the fault' as somebody plays it in a terminal. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { lessonOf } from "../../lessons/catalogue.ts";
import { Lanes } from "../../lessons/lab/lanes/lanes.ts";
import type { Act } from "../../lessons/lab/scenes/scene.ts";
import { runFault } from "../../lessons/play/fault_run.ts";
import { commandOf } from "../../lessons/play/faults/broken_server.ts";
import { FAULTS } from "../../lessons/play/faults/faults.ts";
import { Hunt } from "../../lessons/play/faults/hunt.ts";
import { typedActs } from "../../lessons/play/faults/typed_acts.ts";
import { procExists } from "../grader/server/proc.ts";
import { taskArguments } from "../of_lessons/lesson_process.ts";
import { Program } from "../of_lessons/program.ts";
import { CTRL_C, HAS_SCRIPT, inTerminal, WHY } from "../of_lessons/terminal.ts";
import { printed, typing } from "./typing.ts";

const FAULT = FAULTS.get(4)!.find(({ file }) => file === "4_grows.ts")!;

/** Plays on a server of which all is known already. */
async function game(
  ...lines: string[]
): Promise<{ text: string; answers: boolean[]; done: Act[] }> {
  const answers: boolean[] = [], done: Act[] = [];
  const text = await printed(() =>
    runFault({
      lesson: lessonOf(4),
      seed: 3,
      hunt: {
        fault: FAULT,
        lanes: new Lanes(),
        scene: () => Promise.resolve("It does not go on. Nobody came."),
        act: (acts) => Promise.resolve((done.push(...acts), ["client 1: idle"])),
        prove: (claim) =>
          Promise.resolve({ claim, status: "fail", measured: "one more was answered", hint: "" }),
      },
      ask: typing(...lines),
      record: (right) => Promise.resolve(void answers.push(right)),
    })
  );
  return { text, answers, done };
}

Deno.test("fault: a wrong guess is told what it would have looked like, the right one is confirmed", async () => {
  const { text, answers } = await game("4.C1", "4.c3");
  const [wrong, right] = text.split("Found. ");
  const said = wrong.replace(/\s+/g, " ");
  assertStringIncludes(
    said,
    "Not found. Not 4.C1. On a server that breaks it you would have seen:",
  );
  assertStringIncludes(said, "Each worker has a client of its own");
  assert(!wrong.includes("4_grows"), "the file's name is told too early");
  assertStringIncludes(right, "4.C3 refuted: one more was answered");
  assertMatch(right, /^> +if \(worker === undefined\) workers\.push\(worker = start\(\)\);$/m);
  assertEquals(right.match(/^> /gm)?.length, 1);
  assertEquals(answers, [false]);
});

Deno.test("fault: what one types is done, and what is nothing is said to be", async () => {
  const { text, answers, done } = await game(
    "1-2 SLEEP 500",
    "1 half-closes",
    "scene",
    "dance",
    "4.P2",
  );
  assertEquals(done, [[1, "sends", "SLEEP 500"], [2, "sends", "SLEEP 500"], [1, "half-closes"]]);
  assertStringIncludes(text, "client 1: idle");
  assertStringIncludes(text, "It does not go on. Nobody came.");
  assertStringIncludes(text, "'dance' is no claim and nothing to do");
  assertStringIncludes(text, "It was started with --workers 2.");
  assertEquals(answers, [true]);
});

Deno.test("fault: who gives up is shown the source; who leaves, how to have the same again", async () => {
  const gaveUp = await game("give up");
  assertMatch(gaveUp.text, /^> +if \(worker === undefined\)/m);
  assertEquals(gaveUp.answers, [false]);
  const left = await game();
  assertMatch(left.text, /The same again: .*fault 4 --seed 3\n$/);
  assertEquals(left.answers, []);
});

Deno.test("fault: a line is for a client, or for several; others are none", () => {
  assertEquals(typedActs("3 sends-part PIN"), [[3, "sends-part", "PIN"]]);
  assertEquals(typedActs("1-3 connects"), [[1, "connects"], [2, "connects"], [3, "connects"]]);
  for (const none of ["", "PING", "0 PING", "3-1 PING", "99 PING", "1 "]) {
    assertEquals(typedActs(none), undefined, none);
  }
});

Deno.test("fault: one drives the broken server, and its scene is played anew", async () => {
  const fault = FAULTS.get(3)!.find(({ file }) => file === "3_forgets_to_read_on.ts")!;
  const hunt = new Hunt(fault);
  try {
    // How far it is by then, a busy machine decides.
    assertMatch((await hunt.act([[1, "sends", "PING"]])).join(), /^client 1: .*; (last|no) reply/);
    await hunt.scene();
    assertEquals(fault.look(hunt.lanes!), "fault");
  } finally {
    await hunt.stop();
  }
});

Deno.test({
  name: "fault: what a server in C was compiled into goes with it",
  ignore: !procExists,
  async fn() {
    let program = "";
    {
      await using command = await commandOf("2_dies_of_sigpipe.c");
      program = /^'(.*)'/.exec(command.text)?.[1] ?? "";
      assert((await Deno.stat(program)).isFile);
    }
    assertEquals(await Deno.stat(program).then(() => "there", () => "gone"), "gone");
  },
});

Deno.test("fault: bad input is one line, and exit code 2", async () => {
  for (const args of [["9"], ["3", "4"], ["--seed", "-1"], ["--no"]]) {
    const { code, stdout, stderr } = await Program.start(taskArguments("fault", args)).ended;
    assertEquals([code, stdout], [2, ""], args.join(" "));
    assertMatch(stderr, /^[^\n]+\n$/, args.join(" "));
  }
});

Deno.test({
  name: `fault: Ctrl-C ends it in a terminal, and the server that was started${WHY}`,
  ignore: !HAS_SCRIPT,
  async fn() {
    const args = taskArguments("fault", ["1", "--seed", "1"]);
    const { code, text } = await inTerminal(args, [["\n> ", "1 connects\r"], [
      "client 1: ",
      CTRL_C,
    ]]);
    assertEquals(code, 130, text);
  },
});

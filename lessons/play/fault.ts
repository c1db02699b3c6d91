/**
 * `deno task fault`: a server that is wrong in one way, drawn by chance. One drives it, looks at its
 * lanes, and names a claim that it breaks; then its source is shown. `deno task fault 4`: of lesson 4.
 */
import { lessonOf } from "../catalogue.ts";
import { wholeNumber } from "../tools/flags.ts";
import { askOnInput } from "./asking.ts";
import { runFault } from "./fault_run.ts";
import { anySeed, drawFault, lessonOfFault, MOST_SEED, nameOf } from "./faults/guess.ts";
import { Hunt } from "./faults/hunt.ts";
import { lessonIn, missedBefore, runGame } from "./play_main.ts";
import { recordAnswer } from "./progress_file.ts";

if (import.meta.main) {
  let hunt: Hunt | undefined;
  const task = {
    game: "fault",
    about: "Find the fault of a server that is wrong in one way",
    usage: "[LESSON]",
    flags: { "seed": wholeNumber(0, MOST_SEED, "N", "draws the same server again") },
    onCtrlC: async () => await hunt?.stop(),
  } as const;
  await runGame(task, async ({ seed }, words) => {
    const lesson = words.length === 0 ? undefined : lessonIn(words);
    const missed = lesson === undefined || seed !== undefined
      ? []
      : await missedBefore("fault", lesson);
    const drawn = seed ?? anySeed();
    const fault = drawFault(drawn, lesson?.number, missed);
    hunt = new Hunt(fault);
    const number = lessonOfFault(fault);
    try {
      await runFault({
        lesson: lessonOf(number),
        seed: missed.length > 0 ? undefined : drawn,
        hunt,
        ask: askOnInput(),
        record: (right) =>
          recordAnswer({ game: "fault", lesson: number, id: nameOf(fault), right }),
      });
    } finally {
      await hunt.stop();
    }
  });
}

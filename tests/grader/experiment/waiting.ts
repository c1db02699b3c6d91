/** What an experiment waits for, and what becomes of it; `looking.ts` says when waiting is over. */
import { ClaimFailed, connectionLost, Inconclusive, serverEnded } from "./claim_failed.ts";
import { ConnectionLost, shown } from "../clients/client.ts";
import { ownerOf } from "../clients/owners.ts";
import { type Fate, type Held, Looking } from "./looking.ts";
import type { Pace } from "./pace.ts";
import type { RunningServer } from "../server/running_server.ts";
import { whereStuck } from "./where_bytes.ts";

export type { Fate };

/** Between two looks whether something has come. */
const LOOK_EVERY_MS = 12;
/** After that the experiment gives up, and says so. */
const GIVE_UP_MS = 12_000;

/** The part of an experiment that waits. */
export class Waiting extends Looking {
  /**
   * Waits for something that has to happen, such as a reply, and returns what came of it.
   *
   * @param what who waits for what, for the verdict.
   */
  async answered<T>(
    server: RunningServer,
    promise: Promise<T>,
    what: string,
    hint: string,
  ): Promise<T> {
    const fate = await this.fateFor(server, promise, what, hint, true);
    if (fate.kind === "came") return fate.value;
    const stuck = whereStuck(server.port, ownerOf(promise), fate.spins);
    // It has come, and this process has not come round to reading it.
    if (stuck.arrives) return await this.answered(server, promise, what, hint);
    this.recordHeld(fate, "nothing has come");
    throw new ClaimFailed(
      `${what}: nothing comes, and ${stuck.seen}${slow(this.paceOf(server))}`,
      [stuck.hint, hint].filter((text) => text !== "").join(" "),
    );
  }

  /** Waits until it is certain that the reply does not come for now; it fails when it comes. */
  async held(
    server: RunningServer,
    reply: Promise<string>,
    what: string,
    hint: string,
  ): Promise<void> {
    const fate = await this.fateFor(server, reply, what, hint);
    if (fate.kind === "came") throw new ClaimFailed(`${what}: it got ${shown(fate.value)}`, hint);
    this.recordHeld(fate);
  }

  /** Takes down that something is held up, and what the server does meanwhile. */
  recordHeld({ spins }: Held, seen = "the reply has not come"): void {
    const state = spins ? "uses the CPU all the time" : "is quiet: no thread runs";
    this.record("server", `${state}, and ${seen}`);
  }

  /** The same as `fate`; but a connection that is lost fails the claim, with the reason. */
  async fateFor<T>(
    server: RunningServer,
    promise: Promise<T>,
    what: string,
    hint: string,
    expected = false,
  ): Promise<Fate<T>> {
    try {
      return await this.fate(server, promise, expected);
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
      // Who has been served is lost for another reason than the claim is about.
      const served = (ownerOf(promise)?.came ?? 0) > 0;
      throw await connectionLost(server, what, error, served ? "" : hint);
    }
  }

  /**
   * Waits for a reply that may take its time, such as that to `SLEEP`.
   *
   * @param mostMs after that the experiment gives up.
   * @throws ClaimFailed when the server is gone; Inconclusive when the reply takes too long.
   */
  async comes(
    server: RunningServer,
    reply: Promise<string>,
    what: string,
    mostMs = GIVE_UP_MS,
  ): Promise<string> {
    let came: string | undefined;
    let lost: unknown;
    reply.then((text) => came = text, (error) => lost = error);
    for (const endMs = performance.now() + mostMs; came === undefined;) {
      // Looked at first: what a server sent before it ended comes in the time that follows.
      const ended = !server.running;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      if (came !== undefined) break;
      if (lost instanceof ConnectionLost) throw await connectionLost(server, what, lost, "");
      if (lost !== undefined) throw lost;
      if (ended) throw await serverEnded(server, what);
      if (performance.now() > endMs) throw new Inconclusive(`${what}: no reply in the time given`);
    }
    return came;
  }
}

function slow({ text }: Pace): string {
  return text === "" ? "" : `; ${text}`;
}

/** What the tests of EventThreads share: a client whose connection the test itself watches. */
import { assertEquals } from "@std/assert";
import { EventThreads } from "../../../models/parts/event_threads.ts";
import { listenForHandover } from "../../../models/parts/handover.ts";
import {
  descriptorMessage,
  openDescriptor,
} from "../../../models/parts/sockets/handover_descriptor.ts";
import type { Back, Loan } from "../../../models/parts/threads/loan_messages.ts";
import type { DescriptorMessage } from "../../../models/parts/sockets/parcel.ts";
import type { Thread } from "../../../models/parts/thread.ts";
import { ANY_PORT } from "../sockets/handover_kit.ts";
import { bytes, connect, newContext, text, until, within } from "../helpers.ts";

const PROGRAM = new URL("event_thread_program.ts", import.meta.url).href;
/** Longer than any test. */
export const GRACE_MS = 20_000;
const NOTHING = new Uint8Array(0);

/** A client whose connection is watched here: by the test. */
export interface Watched {
  readonly client: Deno.TcpConn;
  readonly loan: (rest?: string) => Loan;
  /** Closes what the thread that watches has of it. */
  closeHere(): void;
  /** Closes both ends. */
  end(): void;
}

/** Connects a client; the test is the thread that watches its connection. */
export async function watched(id: number): Promise<Watched> {
  const listener = listenForHandover(ANY_PORT, "descriptor");
  const client = await connect(listener.addr);
  const socket = await within(listener.accept(), "the connection");
  listener.close();
  const stream = openDescriptor(socket.handOver().message as DescriptorMessage, 1)!;
  const loan = (rest = ""): Loan => ({
    kind: "loan",
    id,
    rest: rest === "" ? NOTHING : bytes(rest),
    message: descriptorMessage(stream.duplicate()),
  });
  return {
    client,
    loan,
    closeHere: () => stream.close(),
    end() {
      stream.close();
      client.close();
    },
  };
}

/** What came back, in the order in which it came: the id, the state, and the rest. */
export class Watcher implements Pick<Thread, "post"> {
  readonly came: string[] = [];
  /** What the latest was given back with. */
  rest = "";

  post(message: unknown): void {
    const { id, rest, state } = message as Back;
    this.rest = text(rest);
    this.came.push(`${id} ${state} ${JSON.stringify(this.rest)}`);
  }

  async has(...expected: string[]): Promise<void> {
    await until(() => this.came.length >= expected.length, `${expected} came back`);
    assertEquals(this.came, expected);
  }
}

/** At most so many event threads, and the test in the place of the threads that watch. */
export function setUp(most = 8) {
  const context = newContext();
  const watcher = new Watcher();
  const threads = new EventThreads(PROGRAM, most, context);
  const start = (loan: Loan) => threads.start(loan, watcher as unknown as Thread);
  const end = async () => {
    threads.finish(GRACE_MS);
    await within(threads.allExited(), "the end of the threads");
    assertEquals(context.state.counters.threads, 1);
  };
  return { context, watcher, threads, start, end };
}

/** A test where descriptors can be lent. */
export function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ name: `EventThreads: ${name}`, ignore: Deno.build.os === "windows", fn });
}

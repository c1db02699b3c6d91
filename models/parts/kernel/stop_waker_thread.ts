/**
 * The thread that wakes the others when the server stops. They are blocked in system calls, where no
 * message reaches them; this one is blocked in `Atomics.wait` on the stop cell, and goes to them.
 *
 * First nothing more is accepted and read. After the grace nobody may wait to write either.
 */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { SHUTDOWN_GRACE_MS } from "../options.ts";
import { SharedState } from "../server/shared_state.ts";
import { ringDescriptor } from "./doorbell.ts";
import { shutDownBoth, shutDownReading } from "./socket_calls.ts";
import { CONNECTION, DOORBELL, LISTENER, StopList } from "./stop_list.ts";
import type { StopWakerStart } from "./stop_waker.ts";

self.onmessage = ({ data }: MessageEvent<StopWakerStart>) => {
  const list = new StopList(data.stopList);
  const state = new SharedState(data.state);
  while (!state.stopping) state.sleep(Infinity);
  list.forEach([LISTENER, CONNECTION, DOORBELL], (fd, kind) => {
    if (kind === DOORBELL) ringDescriptor(fd);
    else shutDownReading(fd);
  });
  list.waitForEnd(SHUTDOWN_GRACE_MS);
  list.forEach([CONNECTION], shutDownBoth);
  self.close();
};

/**
 * What an experiment of an instructor's own gets besides `t`, so that its file needs no import: all that
 * asks and measures, by the names that it has here.
 */
import * as asking from "../probes/asking.ts";
import * as blocking from "../probes/blocking.ts";
import * as experiment from "./experiment.ts";
import * as proc from "../server/proc.ts";
import * as random from "./random.ts";
import * as requestsAtOnce from "../probes/requests_at_once.ts";
import * as servedOrHeld from "../probes/served_or_held.ts";
import * as slowClients from "../clients/slow_clients.ts";
import * as sockets from "../server/sockets.ts";
import * as threadCount from "../probes/thread_count.ts";
import * as threadUse from "../server/thread_use.ts";
import * as whoDidIt from "../probes/who_did_it.ts";
import * as whoReadsAndWrites from "../probes/who_reads_and_writes.ts";
import * as whoWorks from "../probes/who_works.ts";

export const KIT = {
  ...asking,
  ...blocking,
  ...experiment,
  ...proc,
  ...random,
  ...requestsAtOnce,
  ...servedOrHeld,
  ...slowClients,
  ...sockets,
  ...threadCount,
  ...threadUse,
  ...whoDidIt,
  ...whoReadsAndWrites,
  ...whoWorks,
};
export type Kit = typeof KIT;

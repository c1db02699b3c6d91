/** What is tested: a file that exports `serve()`, or any program that speaks the protocol. */
import type { Floor } from "../../../models/parts/options.ts";
import type { Sizes as ServerSizes } from "../../../models/parts/sizes.ts";

/** The sizes that an experiment may set; a target that has no such size ignores it. */
export interface Sizes extends Readonly<ServerSizes> {
  readonly idleTimeoutMs?: number;
  /** How model 2 hands a connection over. */
  readonly handover?: "descriptor" | "stream";
}

/** A server to be tested. */
export type Target =
  /**
   * A module that exports `serve(options)`, run by Deno with the permissions that a server needs: its
   * own port, and to read `models/parts` and its folder. A stranger's file is a copy: see
   * `takeSubmission`.
   */
  | {
    readonly kind: "file";
    readonly name: string;
    /** A file URL. */
    readonly url: string;
    /** File URLs of what else it may read. Default: its folder. */
    readonly reads?: readonly string[];
    /** The deno.json that it runs with. Default: the project's. */
    readonly config?: string;
    /** What it stands on. The kernel floor takes `--allow-ffi`: for our own models only. */
    readonly io?: Floor;
    /** Whether it may start processes, a way out of Deno's sandbox; "boxed": in bubblewrap. */
    readonly processes?: "trusted" | "boxed";
  }
  /**
   * A command line in which `{port}`, `{workers}`, … stand for what they say. Without a sandbox the
   * program may do whatever the grader's user may: this is for programs that one trusts.
   */
  | {
    readonly kind: "command";
    readonly name: string;
    readonly command: string;
    readonly sandbox?: "bubblewrap";
  };

/** The target cannot be started, or does not listen: nobody's claim is to be judged by that. */
export class TargetError extends Error {
  override name = "TargetError";
}

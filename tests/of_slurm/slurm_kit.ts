/**
 * A small Slurm on this machine: a controller and two nodes of one CPU, with files and ports of their
 * own, and a `munged` of their own by which they trust each other.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { isStep, kill, logsIn, parentOf, processesWith } from "./slurm_processes.ts";
import { confOf, NODES } from "./slurm_conf.ts";

const PROGRAMS = ["slurmctld", "slurmd", "sbatch", "squeue", "sinfo", "scontrol", "munged"];
/** What has not come by then never comes, however busy the machine is. Asking costs a process, so not often. */
const HUNG_MS = 1_800_000, POLL_MS = 200;
/** A port that was free may be taken when a daemon listens: then all are begun anew, with others. */
const STARTS = 5;

/** Why there can be no Slurm here; "" when there can. */
export function whyNoSlurm(): string {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return "needs Linux, and root";
  const folders = (Deno.env.get("PATH") ?? "").split(":");
  const missing = PROGRAMS.find((name) =>
    !folders.some((folder) => existsSync(join(folder, name)))
  );
  return missing === undefined ? "" : `there is no ${missing}`;
}

/** Waits until something holds. @throws Error that says what did not. */
export async function untilTrue(what: string, holds: () => boolean | Promise<boolean>) {
  const endMs = performance.now() + HUNG_MS;
  while (!await holds()) {
    if (performance.now() > endMs) throw new Error(`not within ${HUNG_MS / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Controller and nodes, while they run. */
export class SmallSlurm {
  readonly #daemons = new Map<string, Deno.ChildProcess>();
  /** Those that have ended by themselves. */
  readonly #ended = new Set<string>();
  readonly #conf: string;

  private constructor(readonly folder: string) {
    this.#conf = join(folder, "slurm.conf");
  }

  /** Starts all of it, and waits until both nodes are idle. It has a folder of its own until it stops. */
  static async start(): Promise<SmallSlurm> {
    for (let left = STARTS;; left--) {
      // Not where TMPDIR may lead: the path of a socket has to be short.
      const slurm = new SmallSlurm(Deno.makeTempDirSync({ dir: "/tmp" }));
      try {
        await slurm.#begin();
        return slurm;
      } catch (error) {
        const logs = logsIn(slurm.folder);
        await slurm.stop();
        if (left === 1) throw new Error(`${(error as Error).message}\n${logs}`);
      }
    }
  }

  async #begin(): Promise<void> {
    const file = (name: string) => join(this.folder, name);
    for (const name of ["state", ...NODES]) Deno.mkdirSync(file(name));
    Deno.writeFileSync(file("munge.key"), crypto.getRandomValues(new Uint8Array(128)), {
      mode: 0o600,
    });
    Deno.writeTextFileSync(this.#conf, confOf(this.folder));
    Deno.chmodSync(this.folder, 0o755);
    const places = ["key", "socket", "pid", "log", "seed"]
      .map((name) => `--${name === "socket" ? name : `${name}-file`}=${file(`munge.${name}`)}`);
    this.#start("munged", ["--foreground", "--force", ...places]);
    await this.#until("munged listens", () => existsSync(file("munge.socket")));
    this.#start("slurmctld", ["-D"]);
    for (const node of NODES) this.#start(node, ["-D", "-N", node], "slurmd");
    await this.#until("both nodes are idle", async () => {
      return (await this.run("sinfo", "-h", "-N", "-o", "%T"))?.trim() === "idle\nidle";
    });
  }

  async #until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
    await untilTrue(what, async () => {
      if (this.#ended.size > 0) throw new Error(`ended at once: ${[...this.#ended].join(", ")}`);
      return await holds();
    });
  }

  #start(name: string, args: readonly string[], program = name): void {
    const streams = { stdin: "null", stdout: "null", stderr: "null" } as const;
    const env = { SLURM_CONF: this.#conf };
    const daemon = new Deno.Command(program, { args: [...args], env, ...streams }).spawn();
    this.#daemons.set(name, daemon);
    daemon.status.then(() => this.#ended.add(name));
  }

  /** Runs one of Slurm's commands. @returns what it printed; undefined when it failed. */
  async run(program: string, ...args: string[]): Promise<string | undefined> {
    const env = { SLURM_CONF: this.#conf };
    const { stdout, success } = await new Deno.Command(program, { args, env }).output();
    return success ? new TextDecoder().decode(stdout) : undefined;
  }

  /** Which of an array's tasks runs on a node; undefined when none does. */
  async taskOn(node: typeof NODES[number]): Promise<number | undefined> {
    const text = await this.run("squeue", "-h", "-t", "R", "-w", node, "-o", "%K");
    return Number(text?.trim()) || undefined;
  }

  /** Whether no job is left. */
  async isDone(): Promise<boolean> {
    return (await this.run("squeue", "-h", "-o", "%i"))?.trim() === "";
  }

  /**
   * A node is lost, with all that runs on it: first who would tell the controller that it ends. Nothing
   * of it runs when this returns, and the controller knows.
   */
  async loseNode(node: typeof NODES[number]): Promise<void> {
    const daemon = this.#daemons.get(node);
    daemon?.kill("SIGKILL");
    await daemon?.status;
    const jobs = () => processesWith(`SLURMD_NODENAME=${node}`, `SLURM_CONF=${this.#conf}`);
    const steps = new Set(jobs().map(parentOf).filter(isStep));
    await untilTrue("what ran on the node has ended", () => {
      const left = jobs();
      for (const pid of [...steps, ...left]) kill(pid);
      return left.length === 0;
    });
    await untilTrue("the controller knows", async () => {
      const what = [`NodeName=${node}`, "State=DOWN", "Reason=lost"];
      return await this.run("scontrol", "update", ...what) !== undefined;
    });
  }

  /** Ends all that was started, and removes its folder. */
  async stop(): Promise<void> {
    for (const [name, { pid }] of this.#daemons) if (!this.#ended.has(name)) kill(pid);
    await Promise.all(this.#daemons.values().map((daemon) => daemon.status));
    await untilTrue("all of it has ended", () => {
      const left = processesWith(`SLURM_CONF=${this.#conf}`);
      for (const pid of left) kill(pid);
      return left.length === 0;
    });
    Deno.removeSync(this.folder, { recursive: true });
  }
}

/** The configuration of a small Slurm: all its files in one folder, all its ports free ones. */
import { hostname } from "node:os";
import { freePort } from "../grader/server/listening.ts";

/** Two nodes, which are this machine. */
export const NODES = ["n1", "n2"] as const;

/**
 * Nothing in it is left to a time-out: on a busy machine a node that lives would be taken for lost, and
 * a task that was begun for one that was not. What is lost is said to be (`loseNode`).
 *
 * @returns the text of slurm.conf.
 */
export function confOf(folder: string): string {
  const host = hostname().split(".")[0];
  const [controller, first, second] = [freePort(), freePort(), freePort()];
  const nodes = [first, second].map((port, i) =>
    `NodeName=${NODES[i]} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${port} CPUs=1 ` +
    "RealMemory=1024\n"
  );
  return `ClusterName=connfd
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${controller}
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=${folder}/munge.socket,cred_expire=5
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
MpiDefault=none
ReturnToService=2
SlurmdTimeout=0
MessageTimeout=100
TCPTimeout=100
BatchStartTimeout=600
SchedulerParameters=sched_interval=1,bf_interval=1
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/%n
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/%n.pid
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdLogFile=${folder}/%n.log
${nodes.join("")}PartitionName=all Nodes=n[1-2] Default=YES State=UP
`;
}

/** The signals that end a server by its own fault, or by the machine's. */

/** What each says, to somebody who meets it for the first time. */
const MEANINGS: Readonly<Record<string, string>> = {
  SIGPIPE: "it wrote to a client that had left",
  SIGSEGV: "it used memory that is not its own",
  SIGBUS: "it used memory that is not there",
  SIGABRT: "it gave up by itself",
  SIGFPE: "it divided by zero",
  SIGILL: "it ran what is no instruction",
  SIGKILL: "not by the grader: the machine may be short of memory",
};

/** @returns "" for no signal, or else words to put in front of others. */
export function killedBy(signal: Deno.Signal | null): string {
  if (signal === null) return "";
  const meaning = MEANINGS[signal];
  return `killed by ${signal}${meaning === undefined ? "" : ` (${meaning})`}; `;
}

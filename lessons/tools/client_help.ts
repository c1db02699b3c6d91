/** What `help` shows at the client's prompt. */

/** A command of the protocol: what it does, and how it is typed. */
export interface CommandHelp {
  readonly command: string;
  readonly about: string;
  readonly example: string;
}

/** The commands that every server of the lessons understands. */
export const COMMANDS: readonly CommandHelp[] = [
  { command: "PING [message]", about: "the smallest request", example: "PING" },
  { command: "ECHO message", about: "comes back, byte by byte", example: 'ECHO "two words"' },
  { command: "SLEEP ms", about: "blocks its thread, up to 60000", example: "SLEEP 10000" },
  { command: "FIB n", about: "computes, n up to 45", example: "FIB 35" },
  { command: "WHO", about: "which thread did this work", example: "WHO" },
  { command: "INFO", about: "the model, its threads, its counters", example: "INFO" },
  { command: "QUIT", about: "the server says OK, and closes", example: "QUIT" },
];

/** The help as whole lines of at most 80 columns. */
export const PROMPT_HELP: string = [
  ...COMMANDS.map(({ command, about, example }) =>
    `  ${command.padEnd(16)}${about.padEnd(37)}such as ${example}\n`
  ),
  "Arrow keys edit the line and bring back earlier ones; Ctrl-C or Ctrl-D ends the client.\n",
].join("").replace("; Ctrl-C", ";\nCtrl-C");

/**
 * Where the project's protocol differs from redis-server's on the commands that both have: all there
 * is, once. `lessons/protocol.md` has the same rows; the fuzz against redis-server fails at any
 * difference that no row explains, and a test at a row whose example no longer differs.
 */

import { asOurs, isError, type Pair, UNKNOWN, WITH_ARGUMENTS } from "./pair.ts";

/** One way in which the two differ on purpose. */
export interface Difference {
  /** What is sent, and what becomes of it in the two; as the page has it. */
  readonly what: string;
  readonly why: string;
  /** Bytes that show it, one character each. */
  readonly example: string;
  /** True when what comes behind it cannot be compared: one of the two has closed, or waits. */
  readonly apart: boolean;
  readonly explains: (pair: Pair) => boolean;
}

/** Every difference. */
export const DIFFERENCES: readonly Difference[] = [
  {
    what: "an unknown command: Redis's error names the arguments, ours the command only",
    why: "the error fits on a line of the screen",
    example: "zzz a b\r\n",
    apart: false,
    explains: ({ ours = "", redis = "" }) => {
      const shown = UNKNOWN.exec(ours)?.[1], name = WITH_ARGUMENTS.exec(redis)?.[1];
      return shown !== undefined && shown === name;
    },
  },
  {
    what:
      "an unknown command with bytes in its name that are no text: Redis gives them back, up to a " +
      "NUL; ours has a blank or U+FFFD instead",
    why: "an error goes to a terminal or into JSON, and has to be text there",
    example: "zz\x1b[31m\xff\r\n",
    apart: false,
    explains: ({ ours = "", redis = "" }) => {
      const shown = UNKNOWN.exec(ours)?.[1], name = WITH_ARGUMENTS.exec(redis)?.[1];
      return shown !== undefined && name !== undefined && shown !== name &&
        // After a NUL Redis's name ends; and 128 bytes may be cut in a character.
        (shown === asOurs(name) || shown.startsWith(`${asOurs(name)} `));
    },
  },
  {
    what: "a byte that is no text in the place of `$`: the same, inside `expected '$', got '…'`",
    why: "as above",
    example: "*1\r\n\xff4\r\n",
    apart: true,
    explains: ({ ours = "", redis = "" }) =>
      /^-ERR Protocol error: expected '\$', got '.+'\r\n$/s.test(ours) &&
      /^-ERR Protocol error: expected '\$', got '.*'\r\n$/s.test(redis) && ours !== redis,
  },
  {
    what:
      "a byte that is no `$` where a bulk string should begin: told at once; Redis waits for the " +
      "CR of its line",
    why: "nothing that comes behind it could mend it",
    example: "*1\r\nx",
    apart: true,
    explains: ({ ours = "", redis }) =>
      ours.startsWith("-ERR Protocol error: expected '$', got '") &&
      (redis === undefined || isError(redis, "too big bulk count string")),
  },
  {
    what: "`QUIT` with arguments: Redis says `+OK` and closes, ours is an error",
    why: "a command that takes no argument says so",
    example: "QUIT now\r\n",
    apart: true,
    explains: ({ ours, redis }) =>
      redis === "+OK\r\n" && ours === "-ERR wrong number of arguments for 'quit' command\r\n",
  },
  {
    what:
      "requests that stand in front of a `POST` or `Host:` in the same packet: answered; Redis " +
      "drops their replies",
    why: "what was asked before is answered, whatever ends the connection",
    example: "PING\r\nPOST / HTTP/1.1\r\n",
    apart: true,
    explains: ({ redis, sent }) => redis === undefined && /post|host:/i.test(sent),
  },
  {
    what:
      "the end of the connection in the middle of a request: Redis closes without a word, ours " +
      "says `unexpected end of request`",
    why: "who typed it learns what is missing",
    example: "PIN",
    apart: true,
    explains: ({ ours, redis }) =>
      redis === undefined && isError(ours, "unexpected end of request"),
  },
  {
    what: "more than 1,024 words in a request: an error; Redis takes 2,147,483,647",
    why: "what one client may cost is bounded; no command takes more than two",
    example: "*1025\r\n",
    apart: true,
    explains: ({ ours, redis, sent }) =>
      isError(ours, "invalid multibulk length") && !isError(redis, "invalid multibulk length") &&
      Array.from(sent.matchAll(/\*(\d+)/g), ([, count]) => Number(count)).some((n) => n > 1024),
  },
  {
    what:
      "a bulk string of more than 512 KiB, or a request of more than 576 KiB: an error; Redis " +
      "takes 512 MB",
    why: "what one client may cost is bounded",
    example: "*2\r\n$4\r\nECHO\r\n$524289\r\n",
    apart: true,
    explains: ({ ours, redis, sent }) =>
      (isError(ours, "invalid bulk length") || isError(ours, "too big request")) &&
      redis === undefined &&
      Array.from(sent.matchAll(/\$(\d+)/g), ([, size]) => Number(size)).some((n) => n > 65_536),
  },
  {
    what: "two bytes behind a bulk string that are no CR LF: an error; Redis skips any two bytes",
    why: "a wrong length is told where it is, and not as an unknown command later",
    example: "*1\r\n$4\r\nPINGxy",
    apart: true,
    explains: ({ ours }) => isError(ours, "bulk string without its line end"),
  },
  {
    what: "in an array, CR and another byte than LF end a line for Redis, LF alone does not; for " +
      "ours a line ends with LF, with a CR in front or not",
    why: "a line ends as in the rest of the protocol, and what is no line end is no number",
    example: "*1\rx$4\rxPING\rx",
    apart: true,
    explains: ({ sent }) => /[*$][^\r\n]*(\r[^\n]|\n)/.test(sent),
  },
  {
    what: "a NUL in a line that is typed: a blank; Redis waits for a line end without one, and " +
      "refuses the line at 64 KiB",
    why: "it is answered",
    example: "PING\0\r\n",
    apart: true,
    explains: ({ redis, sent }) =>
      sent.includes("\0") &&
      (redis === undefined || isError(redis, "too big inline request")),
  },
  {
    what:
      "a line of more than 64 KiB that comes in one piece with its end: an error; Redis looks " +
      "only while the end has not come",
    why: "how bytes are cut must not decide",
    example: `${"a".repeat(65_537)}\n`,
    apart: true,
    explains: ({ ours, redis }) =>
      (ours ?? "").startsWith("-ERR Protocol error: too big ") && ours !== redis,
  },
];

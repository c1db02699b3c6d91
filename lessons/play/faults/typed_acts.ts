/** What one types to drive clients: `1-4 SLEEP 300`, `2 closes`. */
import { type Act, range } from "../../lab/scenes/scene.ts";

/** More clients than that no fault needs. */
const MOST_CLIENTS = 64;
const LINE = /^(\d{1,2})(?:-(\d{1,2}))? +(\S.*)$/;
/** What a client does, in the words of a scene; anything else is a request that it sends. */
const DOES = [
  "connects",
  "connects-deaf",
  "floods",
  "closes",
  "half-closes",
  "resets",
  "loses-its-process",
] as const;
const PART = "sends-part ";

/** How to drive clients, a line each. */
export const DRIVING_HELP: readonly string[] = [
  "1 SLEEP 500       client 1 sends a request; 1-4 PING: four of them do",
  `1 connects        or ${DOES.slice(1, 4).join(", ")},`,
  `                  ${DOES.slice(4).join(", ")}`,
  "1 sends-part PIN  a part of a request",
];

/** The acts of a line; undefined when it is none. */
export function typedActs(line: string): Act[] | undefined {
  const [, from, to = from, rest = ""] = LINE.exec(line) ?? [];
  const [first, last] = [Number(from), Number(to)];
  if (!(first >= 1 && last >= first && last <= MOST_CLIENTS)) return undefined;
  return range(first, last).map((client): Act => {
    const does = DOES.find((one) => one === rest);
    if (does !== undefined) return [client, does];
    if (rest.startsWith(PART)) return [client, "sends-part", rest.slice(PART.length)];
    return [client, "sends", rest];
  });
}

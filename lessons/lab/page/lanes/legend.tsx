/** What the bars of the lanes mean. */
import { STATE_WORDS } from "../../lanes/words.ts";
import { clientLooks } from "./palette.ts";

/** Those that are told apart by a letter; the others are drawn thin, and the table has them in words. */
const SHOWN = [
  "accept-queue",
  "unread",
  "half-read",
  "queued",
  "business",
  "in-server",
  "replying",
] as const;

/** The legend. */
export function Legend() {
  const [light, dark] = [false, true].map(clientLooks);
  return (
    <ul class="legend" aria-label="what the bars mean">
      {SHOWN.map((state) => (
        <li key={state}>
          <span
            class={`sample ${light[state].striped ? "striped" : ""}`}
            style={{
              "--fill": `light-dark(${light[state].fill}, ${dark[state].fill})`,
              "--on": `light-dark(${light[state].ink}, ${dark[state].ink})`,
            }}
          >
            {light[state].sign}
          </span>{" "}
          {STATE_WORDS[state]}
        </li>
      ))}
      <li>In a thread's bar stands the number of its client. Striped: waits.</li>
    </ul>
  );
}

/** The lanes of all racers, small: a thin row a client, all on one time axis. */
import { STATE_WORDS } from "../../lanes/words.ts";
import type { ShownRacer } from "../../race/shown.ts";
import { clientLooks } from "../lanes/palette.ts";
import { racers } from "./racers.ts";

/** Of the drawing, in units of its own: the axis from the first request to the last reply of all. */
const WIDTH = 1000, ROW = 5, GAP = 1;

/** The lanes, a drawing a racer. */
export function SmallLanes() {
  const longestUs = Math.max(1000, ...racers.value.map(({ spanUs }) => spanUs));
  return (
    <figure class="small-lanes">
      <figcaption>
        From the first request to {Math.round(longestUs / 1000)}{" "}
        ms, a row a client; where it is thin, the client waits.
      </figcaption>
      {racers.value.map((racer, at) => (
        <div key={at} class="racer">
          <span>{racer.name}</span>
          <Lanes racer={racer} longestUs={longestUs} />
          {racer.trouble && <p>{racer.trouble}</p>}
        </div>
      ))}
    </figure>
  );
}

function Lanes({ racer: { name, lanes }, longestUs }: { racer: ShownRacer; longestUs: number }) {
  const [light, dark] = [false, true].map(clientLooks);
  const height = Math.max(1, lanes.length) * (ROW + GAP);
  const x = (us: number) => us / longestUs * WIDTH;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`the lanes of ${name}`}
      style={{ height: `${Math.min(12 * height / (ROW + GAP), 120)}px` }}
    >
      {lanes.flatMap((spans, row) =>
        spans.map(([state, fromUs, toUs], at) => {
          const { height, striped } = light[state];
          const part = striped ? 0.5 : height;
          return (
            <rect
              key={`${row} ${at}`}
              x={x(fromUs)}
              y={row * (ROW + GAP) + ROW * (1 - part) / 2}
              width={x(toUs - fromUs)}
              height={ROW * part}
              style={{ fill: `light-dark(${light[state].fill}, ${dark[state].fill})` }}
            >
              <title>{STATE_WORDS[state]}</title>
            </rect>
          );
        })
      )}
    </svg>
  );
}

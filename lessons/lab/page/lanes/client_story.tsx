/** The client that is picked: the whole way of its requests. Nobody is picked: who waited longest. */
import type { ClientLane } from "../../lanes/client_lane.ts";
import { storiesOf, type Story } from "../../lanes/request_story.ts";
import { type Wait, waitsOf } from "../../lanes/waits.ts";
import { waitSentence } from "../../lanes/words.ts";
import { chosen } from "../state/lab.ts";
import { moveTo } from "../state/time.ts";
import { reading } from "./reading.ts";

/** So many are listed. */
const MOST_STORIES = 20, MOST_WAITS = 5;
/** With more requests nobody is asked how long each waited. */
const MOST_REQUESTS = 20_000;

/** The panel. */
export function ClientStory() {
  const { lanes } = reading.value;
  const client = lanes.clients.find(({ number }) => number === chosen.value);
  return client === undefined ? <LongestWaits /> : <Stories client={client} />;
}

function Stories({ client }: { client: ClientLane }) {
  const { lanes, fromUs, toUs } = reading.value;
  const stories = storiesOf(lanes, client, fromUs, Math.min(toUs, lanes.nowUs)).slice(
    -MOST_STORIES,
  );
  return (
    <section class="story" aria-labelledby="story">
      <h3 id="story">The way of {client.name}'s requests</h3>
      {stories.length === 0 && <p>None is under way in the time that is shown.</p>}
      {stories.map((story) => <StoryItem key={story.number} story={story} />)}
      <button type="button" onClick={() => chosen.value = undefined}>Pick nobody</button>
    </section>
  );
}

function StoryItem({ story: { text, reply, time, stages } }: { story: Story }) {
  return (
    <>
      <h4>{text || "a request"}: {time}{reply && `, ${reply}`}</h4>
      <ol>
        {stages.map(({ fromUs, what, time, whom }) => (
          <li key={fromUs}>
            <button type="button" class="step" onClick={() => moveTo(fromUs)}>
              <strong>{time}</strong> {what}
              {whom && `: ${whom}`}
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

function LongestWaits() {
  const waits = longestWaits();
  if (waits.length === 0) return null;
  return (
    <section class="story" aria-labelledby="story">
      <h3 id="story">Who waited longest, and for whom</h3>
      <ol>
        {waits.map((wait, at) => (
          <li key={at}>
            <button type="button" class="step" onClick={() => pick(wait)}>
              {waitSentence(wait)}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function longestWaits(): Wait[] {
  const { lanes, fromUs, us } = reading.value;
  const count = lanes.clients.reduce((sum, { requests }) => sum + requests.length, 0);
  if (count > MOST_REQUESTS) return [];
  return lanes.clients.flatMap((client) => waitsOf(lanes, client, us, fromUs))
    .filter(({ reasons }) => reasons.length > 0)
    .sort((a, b) => timeOf(b) - timeOf(a)).slice(0, MOST_WAITS);
}

function timeOf({ span }: Wait): number {
  return span.toUs - span.fromUs;
}

/** Looks at the last moment of the wait, when all that it was for has happened. */
function pick({ client, span }: Wait): void {
  chosen.value = client.number;
  moveTo(span.open ? span.toUs : span.toUs - 1);
}

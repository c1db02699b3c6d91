/** The same as the lanes, in words, at the time that is looked at: for whoever reads, or listens. */
import { clientSpanAt, WAITING } from "../../lanes/client_spans.ts";
import type { ClientLane } from "../../lanes/client_lane.ts";
import type { Lanes } from "../../lanes/lanes.ts";
import type { ThreadLane } from "../../lanes/thread_lane.ts";
import { reasonsFor } from "../../lanes/waits.ts";
import { durationText, reasonText, stateText } from "../../lanes/words.ts";
import { reading } from "./reading.ts";

/** So many rows are enough to read. */
const MOST_ROWS = 50;

/** The table. */
export function LanesTable() {
  const { lanes, us } = reading.value;
  const clients = [...lanes.clients].sort((a, b) => a.number - b.number)
    .filter(({ endedUs, connectUs = 0 }) => connectUs <= us && (endedUs ?? Infinity) > us);
  const threads = [...lanes.threads.values()].filter((thread) => thread.spanAt(us) !== undefined);
  return (
    <div class="lanes-table" tabIndex={0} role="region" aria-label="what everybody does just then">
      <table>
        <thead>
          <tr>
            <th scope="col">who</th>
            <th scope="col">does what</th>
            <th scope="col">for whom</th>
          </tr>
        </thead>
        <tbody>
          {threads.slice(0, MOST_ROWS).map((thread) =>
            threadRow(thread, us)
          )}
          {clients.slice(0, MOST_ROWS).map((client) =>
            clientRow(lanes, client, us)
          )}
        </tbody>
      </table>
    </div>
  );
}

function threadRow(thread: ThreadLane, us: number) {
  const span = thread.spanAt(us);
  const does = span === undefined
    ? ""
    : span.kind === "starts-thread"
    ? "starts a thread"
    : span.kind;
  return (
    <tr key={thread.name}>
      <th scope="row">{thread.name}</th>
      <td>{does}</td>
      <td>{span?.client?.name}</td>
    </tr>
  );
}

function clientRow(lanes: Lanes, client: ClientLane, us: number) {
  const span = clientSpanAt(client, us);
  if (span === undefined) return null;
  const reasons = WAITING.has(span.state) ? reasonsFor(lanes, client, span) : [];
  return (
    <tr key={client.name}>
      <th scope="row">{client.name}</th>
      <td>{stateText(span)}, for {durationText(us - span.fromUs)}</td>
      <td>{reasons.map((reason) => reasonText(reason, client)).join(", ")}</td>
    </tr>
  );
}

/** What one can do with clients: add some, and let one of them act. */
import { signal } from "@preact/signals";
import { current, session } from "../state/lab.ts";
import { type ClientAct, order } from "../state/server.ts";

const count = signal(1);
const line = signal("SLEEP 500");
const client = signal(1);

/** New clients. */
export function ClientControls() {
  const connect = (text: string, deaf = false) =>
    order({ do: "connect", count: count.value, line: text, deaf });
  const disabled = !session.value.running;
  return (
    <fieldset>
      <legend>New clients</legend>
      <label>
        how many{" "}
        <input
          type="number"
          min={1}
          max={200}
          value={count}
          onInput={(event) => count.value = Number(event.currentTarget.value)}
        />
      </label>
      <LineField />
      <button type="button" disabled={disabled} onClick={() => connect(line.value)}>
        Connect and send
      </button>
      <button type="button" disabled={disabled} onClick={() => connect("")}>Idle</button>
      <button type="button" disabled={disabled} onClick={() => connect(line.value, true)}>
        Never reads
      </button>
      <button
        type="button"
        disabled={disabled}
        onClick={() => order({ do: "reset", client: 0, line: line.value })}
      >
        Reset in a request
      </button>
    </fieldset>
  );
}

function LineField() {
  return (
    <label>
      request{" "}
      <input
        value={line}
        maxLength={1000}
        onInput={(event) => line.value = event.currentTarget.value}
      />
    </label>
  );
}

/** One of the clients. */
export function ActControls() {
  const disabled = !session.value.running || current.value.lanes.clients.length === 0;
  const act = (does: ClientAct) => order({ do: does, client: client.value, line: line.value });
  return (
    <fieldset>
      <legend>A client</legend>
      <label>
        client{" "}
        <input
          type="number"
          min={1}
          value={client}
          onInput={(event) => client.value = Number(event.currentTarget.value)}
        />
      </label>
      {ACTS.map(([does, text]) => (
        <button
          key={does}
          type="button"
          disabled={disabled}
          onClick={() => act(does)}
        >
          {text}
        </button>
      ))}
    </fieldset>
  );
}

const ACTS: readonly (readonly [ClientAct, string])[] = [
  ["send", "Send"],
  ["send-part", "Send without the end"],
  ["send-slowly", "Send byte by byte"],
  ["half-close", "Half-close"],
  ["close", "Close"],
];

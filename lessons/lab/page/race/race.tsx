/** One workload on all models, and on a server of one's own: on one time axis, and what it took and cost. */
import { lesson, session } from "../state/lab.ts";
import { MOST_CLIENTS, MOST_TIMES } from "../../race/most.ts";
import { Figures } from "./figures.tsx";
import { Percentiles } from "./percentiles.tsx";
import { racers } from "./racers.ts";
import * as state from "./race_state.ts";
import { SmallLanes } from "./small_lanes.tsx";

/** The race. */
export function Race() {
  const racing = state.racing.value !== "";
  const submit = (event: Event) => {
    event.preventDefault();
    state.startRace();
  };
  return (
    <details class="game race">
      <summary>Race</summary>
      <form class="controls" onSubmit={submit}>
        <WorkloadFields />
        <EighthField />
        <button type="submit" disabled={racing}>Start the race</button>
        <button type="button" disabled={!racing} onClick={state.endRace}>End it</button>
      </form>
      <p role="status">{racing ? `${state.racing} …` : overText()}</p>
      {racers.value.length > 0 && (
        <>
          <SmallLanes />
          <Figures />
          <Percentiles />
        </>
      )}
    </details>
  );
}

function overText(): string {
  const count = racers.value.length;
  return count === 0 ? "" : `${count} servers have raced.`;
}

function WorkloadFields() {
  const scenes = lesson.value?.claims.filter(({ scene }) => scene) ?? [];
  return (
    <>
      <label>
        what{" "}
        <select
          value={state.scene.value}
          onChange={(event) => state.scene.value = event.currentTarget.value}
        >
          <option value="">my own mix</option>
          {scenes.map(({ claim }) => <option key={claim} value={claim}>scene {claim}</option>)}
        </select>
      </label>
      {state.scene.value === "" && <MixFields />}
    </>
  );
}

function MixFields() {
  return (
    <>
      <label>
        requests, with ; between them{" "}
        <input
          required
          maxLength={200}
          value={state.line.value}
          onInput={(event) => state.line.value = event.currentTarget.value}
        />
      </label>
      <NumberField what="clients" most={MOST_CLIENTS} value={state.clients} />
      <NumberField what="each asks so often" most={MOST_TIMES} value={state.times} />
    </>
  );
}

function NumberField(
  { what, most, value }: { what: string; most: number; value: typeof state.clients },
) {
  return (
    <label>
      {what}{" "}
      <input
        type="number"
        required
        min={1}
        max={most}
        value={value.value}
        onInput={(event) => value.value = Number(event.currentTarget.value)}
      />
    </label>
  );
}

function EighthField() {
  const { command } = session.value;
  return (
    <label>
      the eighth{" "}
      <select
        value={state.eighth.value}
        onChange={(event) => state.eighth.value = event.currentTarget.value}
      >
        <option value="">nobody</option>
        <option value="exercise">my exercise</option>
        {command !== undefined && <option value="command">{command}</option>}
      </select>
    </label>
  );
}

/** The lesson's claims: a scene that shows one, and the grader's experiment that proves it. */
import { signal } from "@preact/signals";
import { lesson, session } from "../state/lab.ts";
import { order } from "../state/server.ts";

const claim = signal("");
const whose = signal("model");

/** A claim, to be seen or proved. */
export function ClaimControls() {
  const claims = lesson.value?.claims ?? [];
  const chosen = claims.find((one) => one.claim === claim.value) ?? claims[0];
  const running = session.value.proof?.status === "running";
  if (chosen === undefined) return null;
  return (
    <fieldset>
      <legend>A claim</legend>
      <label>
        claim{" "}
        <select
          value={chosen.claim}
          onChange={(event) => claim.value = event.currentTarget.value}
        >
          {claims.map(({ claim }) => <option key={claim} value={claim}>{claim}</option>)}
        </select>
      </label>
      <button
        type="button"
        disabled={!chosen.scene}
        onClick={() => order({ do: "scene", claim: chosen.claim })}
      >
        Play a scene
      </button>
      <WhoseField />
      <button
        type="button"
        disabled={running}
        onClick={() => order({ do: "prove", claim: chosen.claim, whose: whose.value })}
      >
        Prove it
      </button>
      <span>{chosen.sentence}</span>
    </fieldset>
  );
}

function WhoseField() {
  const { command } = session.value;
  return (
    <label>
      on{" "}
      <select
        value={whose.value}
        onChange={(event) => whose.value = event.currentTarget.value}
      >
        <option value="model">the model</option>
        <option value="exercise">my exercise</option>
        {command !== undefined && <option value="command">{command}</option>}
      </select>
    </label>
  );
}

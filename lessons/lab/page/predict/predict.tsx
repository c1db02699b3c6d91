/** One commits to a number before a scene runs; then that and what was measured are on one axis. */
import { offSentences } from "../../../play/off_text.ts";
import { withUnit } from "../../../play/hit.ts";
import { measuresNow, standing } from "../play/games.ts";
import { Coded, Counted, GoOn, Place, Said } from "../play/parts.tsx";
import { commit, measuring, MOST, round, settled, typed } from "./predict_state.ts";
import { OneAxis } from "./one_axis.tsx";

/** The predictions of the lesson. */
export function Predict() {
  if (round.items.value.length === 0) return null;
  return (
    <details class="game predict">
      <summary>Predict first</summary>
      {round.item.value === undefined ? <Over /> : <Prediction />}
    </details>
  );
}

function Prediction() {
  const item = round.item.value;
  if (item === undefined) return null;
  const missed = standing("predict")?.missed.includes(item.id) ?? false;
  return (
    <>
      <Place what="Prediction" round={round} again={missed && settled.value === undefined} />
      <p>
        <Coded text={item.asks} />
      </p>
      {item.here && (
        <p>
          <Coded text={item.here} />
        </p>
      )}
      <Commitment unit={item.unit} />
      <div role="status">
        {measuring.value && <p>The scene is played on the server …</p>}
        <Settlement />
      </div>
      {settled.value && <GoOn round={round} />}
    </>
  );
}

function Commitment({ unit }: { unit: string }) {
  const committed = measuring.value || settled.value !== undefined;
  const submit = (event: Event) => {
    event.preventDefault();
    commit();
  };
  return (
    <form onSubmit={submit}>
      <label>
        your number, in {unit}{" "}
        <input
          type="number"
          min={0}
          max={MOST}
          step="any"
          required
          readOnly={committed}
          value={typed.value}
          onInput={(event) => typed.value = event.currentTarget.value}
        />
      </label>{" "}
      <button type="submit" disabled={committed}>
        {measuresNow() ? "Commit, and have it measured" : "Commit, and see what was recorded"}
      </button>
    </form>
  );
}

function Settlement() {
  const [item, found] = [round.item.value, settled.value];
  if (item === undefined || found === undefined) return null;
  const { predicted, value, right, words } = found;
  if (value === undefined) {
    return <p>{words} So nothing was measured; the machine may be too busy.</p>;
  }
  const bars = [
    { name: "predicted", value: predicted, text: withUnit(predicted, item.unit), striped: true },
    { name: measuresNow() ? "measured" : "recorded", value, text: withUnit(value, item.unit) },
  ];
  return (
    <>
      <OneAxis bars={bars} />
      <Said right={right} words={right ? "Right." : "Missed."}>
        <Coded text={item.why} />
      </Said>
      <p>{words}</p>
    </>
  );
}

function Over() {
  const score = standing("predict");
  return (
    <>
      <Counted round={round} missed={score?.missed.length ?? 0} />
      {score && <ul>{offSentences(score.off).map((one) => <li key={one}>{one}</li>)}</ul>}
      <button type="button" onClick={() => round.again()}>Predict again</button>
    </>
  );
}

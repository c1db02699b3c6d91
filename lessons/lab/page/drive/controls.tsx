/** What one can do with the server: start and stop it, play a scene on it. */
import { signal } from "@preact/signals";
import { ClaimControls } from "./claim_controls.tsx";
import { SavedControls } from "./saved_controls.tsx";
import { ActControls, ClientControls } from "./client_controls.tsx";
import { lesson, lessons, session, sizes } from "../state/lab.ts";
import { order } from "../state/server.ts";

/** As many as the pictures have, where nothing else is chosen. */
const PICTURE_SIZES = { workers: 4, threads: 2, processes: 2 };
const chosenSizes = signal<Readonly<Record<string, number>>>({});

function usualOf(name: string): number | string {
  return Object.entries(PICTURE_SIZES).find(([one]) => one === name)?.[1] ?? "usual";
}

/** All controls. */
export function Controls() {
  return (
    <div class="controls">
      <ServerControls />
      <SavedControls />
      <ClaimControls />
      <ClientControls />
      <ActControls />
    </div>
  );
}

function ServerControls() {
  const number = lesson.value?.number ?? 1;
  const row = lessons.value.find((one) => one.number === number);
  const names = Object.values(row?.sizes ?? {});
  const { command } = session.value;
  const start = (whose: "model" | "exercise" | "command") => {
    const sizes = Object.entries({ ...PICTURE_SIZES, ...chosenSizes.value });
    // A server refuses a size that it does not have.
    const own = Object.fromEntries(sizes.filter(([name]) => names.includes(name)));
    return order({ do: "start", lesson: number, sizes: own, whose });
  };
  return (
    <fieldset>
      <legend>The server</legend>
      {names.map((name) => <SizeField key={name} name={name} />)}
      <button type="button" onClick={() => start("model")}>Start</button>
      <button type="button" onClick={() => start("exercise")}>Start my exercise</button>
      {command !== undefined && (
        <button type="button" onClick={() => start("command")}>Start {command}</button>
      )}
      <button
        type="button"
        disabled={!session.value.running}
        onClick={() => order({ do: "stop" })}
      >
        Stop
      </button>
    </fieldset>
  );
}

function SizeField({ name }: { name: string }) {
  const size = sizes.value[name];
  if (size === undefined) return null;
  const choose = (text: string) => {
    const { [name]: _, ...others } = chosenSizes.value;
    chosenSizes.value = text === "" ? others : { ...others, [name]: Number(text) };
  };
  return (
    <label title={size.about}>
      {size.flag}{" "}
      <input
        type="number"
        min={size.least}
        max={Math.min(size.most, 64)}
        value={chosenSizes.value[name] ?? ""}
        placeholder={String(usualOf(name))}
        onInput={(event) => choose(event.currentTarget.value)}
      />
    </label>
  );
}

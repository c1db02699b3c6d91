/** Runs that lie in files: to be shown, and the one that is shown to be kept. */
import { session } from "../state/lab.ts";
import { order, RUN_FILE } from "../state/server.ts";

const WORDS = { running: "", pass: "proved", fail: "refuted", inconclusive: "cannot be told" };

/** What was saved, if the lab was started with it, and what can be. */
export function SavedControls() {
  const { saved, run } = session.value;
  if (run === 0) return null;
  return (
    <fieldset>
      <legend>{saved?.title ?? "A file"}</legend>
      {saved?.items.map(({ name, status }) => (
        <button
          key={name}
          type="button"
          onClick={() => order({ do: "show", line: name })}
        >
          {status === undefined ? `Show ${name}` : `${name} ${WORDS[status]}`}
        </button>
      ))}
      <a href={RUN_FILE} download="run.json">Save this run</a>
    </fieldset>
  );
}

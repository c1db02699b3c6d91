/** 'Find the fault': a server that is wrong in one way; one drives it, looks, and names a claim. */
import { lesson, session } from "../state/lab.ts";
import { order } from "../state/server.ts";

/** The game, from the draw to the source. */
export function FaultPanel() {
  const number = lesson.value?.number ?? 1;
  const { fault } = session.value;
  return (
    <section class="wide fault" aria-labelledby="find-the-fault">
      <h2 id="find-the-fault">Find the fault</h2>
      <p>
        A server that is wrong in one way, and so breaks at least one of the lesson's claims. Drive
        it with the clients above, or play a scene in which the fault shows, and look at the lanes.
      </p>
      <div class="controls">
        <button type="button" onClick={() => order({ do: "fault-draw", lesson: number })}>
          Draw a server of lesson {number}
        </button>
        <button
          type="button"
          disabled={fault === undefined}
          onClick={() => order({ do: "fault-scene" })}
        >
          Play its scene
        </button>
        {fault !== undefined && (
          <span>
            seed {fault.seed}
            {fault.flags && `; started with ${fault.flags}`}
          </span>
        )}
      </div>
      {fault !== undefined && fault.source === undefined && <Guesses />}
      <p role="status" data-right={fault?.guess?.right}>{verdictText()}</p>
      <FaultSource />
    </section>
  );
}

/** A button for each claim. */
function Guesses() {
  return (
    <ul class="guesses" aria-label="Which claim does it break?">
      {(lesson.value?.claims ?? []).map(({ claim, sentence }) => (
        <li key={claim}>
          <button type="button" onClick={() => order({ do: "fault-guess", claim })}>
            It breaks {claim}
          </button>{" "}
          {sentence}
        </li>
      ))}
    </ul>
  );
}

function verdictText(): string {
  const { guess } = session.value.fault ?? {};
  if (guess === undefined) return "";
  return `${guess.right ? "Found." : "Not found."} ${guess.words}`;
}

/** The server's file, once it is found, with the lines that make the fault lit. */
function FaultSource() {
  const { source } = session.value.fault ?? {};
  if (source === undefined) return null;
  const { path, lines } = source;
  return (
    <>
      <h3>{path}</h3>
      <pre class="source scrolls" tabIndex={0} aria-label={`the source of ${path}`}>
        {lines.map(({ html, lit }, at) => (
          <span
            key={at}
            class={`line ${lit ? "marked lit" : ""}`}
            dangerouslySetInnerHTML={{ __html: html || " " }}
          />
        ))}
      </pre>
    </>
  );
}

/** What an experiment of the grader did and found; its verdict points at the bar that decides it. */
import { effect } from "@preact/signals";
import type { GraderStep } from "../../lanes/events.ts";
import { chosen, current, session, windowUs } from "../state/lab.ts";
import { moveTo } from "../state/time.ts";

const WORDS = {
  running: "The experiment is under way …",
  pass: "Proved",
  fail: "Refuted",
  inconclusive: "It cannot be told",
};
/** So many steps are listed, the last ones. */
const MOST_STEPS = 200;

/** The verdict, and the steps that led to it. */
export function ProofPanel() {
  const { proof } = session.value;
  if (proof === undefined) return null;
  const { graderSteps } = current.value.lanes;
  const { claim, status, measured, hint, client, us } = proof;
  return (
    <div class={`proof ${status}`}>
      <p role="status" data-claim={claim} data-verdict={status}>
        <strong>{claim}: {WORDS[status]}</strong> {measured} {hint}
      </p>
      {client !== undefined && us !== undefined && (
        <button
          type="button"
          onClick={() => pointAt(client, us)}
        >
          Show the bar that decides it
        </button>
      )}
      {graderSteps.length > 0 && (
        <details open={status !== "running"}>
          <summary>{graderSteps.length} steps</summary>
          <ol class="steps" tabIndex={0} aria-label="steps of the experiment">
            {graderSteps.slice(-MOST_STEPS).map((step, at) => <StepItem key={at} step={step} />)}
          </ol>
        </details>
      )}
    </div>
  );
}

function StepItem({ step: { us, who, what, client } }: { step: GraderStep }) {
  const name = client === undefined ? who : `${who} (${client})`;
  return (
    <li>
      <button type="button" class="step" onClick={() => pointAt(client, us)}>
        {(us / 1000).toFixed(0)} ms {name} {what}
      </button>
    </li>
  );
}

/** Looks at a moment of a client. */
function pointAt(client: number | undefined, us: number): void {
  chosen.value = client;
  moveTo(us);
}

// The verdict points by itself, once it is there, and the whole experiment is in the view.
let pointed = "";
effect(() => {
  const { proof, run } = session.value;
  const key = `${run} ${proof?.status}`;
  if (proof?.us === undefined || key === pointed) return;
  // Who opens the page later hears of the verdict before the steps.
  const { nowUs, graderSteps: [first] } = current.value.lanes;
  if (first === undefined || nowUs < proof.us) return;
  pointed = key;
  windowUs.value = Math.max(1000, (nowUs - (first?.us ?? 0)) * 1.1);
  pointAt(proof.client, proof.us);
});

/** Questions on the lesson; every wrong answer is told what would have to be so, and how to see it. */
import type { Question } from "../../../play/questions.ts";
import { standing } from "../play/games.ts";
import { Coded, Counted, GoOn, Place, Said } from "../play/parts.tsx";
import { answer, choices, figure, made, marked, round } from "./quiz_state.ts";

/** The quiz of the lesson. */
export function Quiz() {
  if (round.items.value.length === 0) return null;
  return (
    <details class="game quiz">
      <summary>Quiz</summary>
      {round.item.value === undefined ? <Over /> : <Asked question={round.item.value} />}
    </details>
  );
}

function Asked({ question }: { question: Question }) {
  const missed = standing("quiz")?.missed.includes(question.id) ?? false;
  return (
    <>
      <Place what="Question" round={round} again={missed && made.value === undefined} />
      <Choices asks={question.asks} />
      <div role="status">
        <Verdict question={question} />
      </div>
      {made.value && <GoOn round={round} />}
    </>
  );
}

function Choices({ asks }: { asks: string }) {
  const submit = (event: Event) => {
    event.preventDefault();
    answer();
  };
  return (
    <form onSubmit={submit}>
      <fieldset class="choices" disabled={made.value !== undefined}>
        <legend>
          <Coded text={asks} />
        </legend>
        {choices.value.map((choice) => (
          <label key={choice.text}>
            <input
              type="radio"
              name="choice"
              required
              checked={marked.value === choice}
              onChange={() => marked.value = choice}
            />{" "}
            <Coded text={choice.text} />
          </label>
        ))}
      </fieldset>
      <button type="submit" disabled={made.value !== undefined}>Answer</button>
    </form>
  );
}

function Verdict({ question }: { question: Question }) {
  const choice = made.value;
  if (choice === undefined) return null;
  const right = question.choices.find(({ right }) => right);
  return (
    <>
      <Said right={choice.right} words={choice.right ? "Right:" : "Not so."}>
        {!choice.right && `For '${choice.text}': `}
        <Coded text={choice.why} />
      </Said>
      {!choice.right && right && (
        <p>
          It is '<Coded text={right.text} />': <Coded text={right.why} />
        </p>
      )}
      {figure.value !== "" && <p>{figure}</p>}
      <p>
        See it: <Coded text={question.seeIt} />
      </p>
    </>
  );
}

function Over() {
  return (
    <>
      <Counted round={round} missed={standing("quiz")?.missed.length ?? 0} />
      <button type="button" onClick={() => round.again()}>More questions</button>
    </>
  );
}

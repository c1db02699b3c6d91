/** What the games on a page have in common. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Round } from "./round.ts";

/** A sentence of a text in which commands stand between backticks. */
export function Coded({ text }: { text: string }) {
  return (
    <>
      {text.split("`").map((part, at) => at % 2 === 1 ? <code key={at}>{part}</code> : part)}
    </>
  );
}

/** How far one has come, and whether the thing was missed before. */
export function Place<T>(
  { what, round: { at, items }, again }: { what: string; round: Round<T>; again: boolean },
) {
  return (
    <p class="quiet">
      {what} {at.value + 1} of {items.value.length}
      {again && ". You missed it before."}
    </p>
  );
}

/** Whether an answer was right, and what is said to it. */
export function Said(
  { right, words, children }: { right: boolean; words: string; children: ComponentChildren },
) {
  return (
    <p>
      <strong class={right ? "hit" : "miss"}>{words}</strong> {children}
    </p>
  );
}

/** Goes on to the next thing. With the keyboard one is there at once, and then where one answers. */
export function GoOn<T>({ round }: { round: Round<T> }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  const goOn = () => {
    const game = button.current?.closest(".game");
    round.next();
    requestAnimationFrame(() => game?.querySelector<HTMLElement>("input, button")?.focus());
  };
  return <button ref={button} type="button" onClick={goOn}>Go on</button>;
}

/** How a round went. */
export function Counted<T>(
  { round: { right, answered }, missed }: { round: Round<T>; missed: number },
) {
  return (
    <p role="status">
      <strong>{right} of {answered} right.</strong>{" "}
      {missed > 0 && "What you missed is asked first next time."}
    </p>
  );
}

/** The lesson's own picture, come to life: its clients move as the real ones do. */
import { computed, effect, signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { reasonsFor } from "../../lanes/waits.ts";
import { clientSpanAt, WAITING } from "../../lanes/client_spans.ts";
import { STATE_WORDS, stateText, waitSentence } from "../../lanes/words.ts";
import { current, lesson, session, untilUs } from "../state/lab.ts";
import { showParts } from "./picture_parts.ts";
import { type Box, PictureParts, spot, TOKEN_RADIUS } from "./picture_places.ts";
import { pictureAt, type Token } from "./picture_state.ts";

/** The run is one of the lesson that is shown. */
export const isLive = computed(() =>
  session.value.run > 0 && session.value.lesson === lesson.value?.number
);
const state = computed(() =>
  isLive.value ? pictureAt(current.value.lanes, untilUs.value) : undefined
);
/** Measured when a picture is put into the page. */
const parts = signal<PictureParts | undefined>(undefined);

/** The picture. */
export function Picture() {
  return (
    <section aria-labelledby="picture">
      <h2 id="picture">The picture{isLive.value ? "" : ": start the server, and it moves"}</h2>
      <div class="picture-view" tabIndex={0} role="region" aria-label="the picture">
        <div class={`picture ${isLive.value ? "live" : ""}`}>
          <Diagram />
          <Tokens />
        </div>
      </div>
    </section>
  );
}

function Diagram() {
  const element = useRef<HTMLDivElement>(null);
  const html = lesson.value?.diagram ?? "";
  useEffect(() => {
    const svg = element.current?.querySelector("svg");
    parts.value = svg ? new PictureParts(svg) : undefined;
    return effect(() => {
      if (svg) showParts(svg, parts.value, state.value);
    });
  }, [html]);
  return <div ref={element} dangerouslySetInnerHTML={{ __html: html }} />;
}

function Tokens() {
  const [seen, places] = [state.value, parts.value];
  if (seen === undefined || places === undefined) return null;
  const { width, height } = places.svg.viewBox.baseVal;
  const groups = new Map<Box, Token[]>();
  for (const token of seen.tokens) {
    const box = places.placeOf(token);
    if (box !== undefined) groups.set(box, [...groups.get(box) ?? [], token]);
  }
  const placed = [...groups].flatMap(([box, tokens]) =>
    tokens.map((token, nth) => ({ token, ...spot(box, nth, tokens.length) }))
  );
  placed.sort((a, b) => a.token.client.number - b.token.client.number);
  return (
    <svg class="tokens" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {placed.map(({ token, x, y }) => <TokenMark key={token.client.name} {...{ token, x, y }} />)}
      {seen.more > 0 && <text class="more" x={92} y={408}>and {seen.more} more</text>}
    </svg>
  );
}

function TokenMark({ token, x, y }: { token: Token; x: number; y: number }) {
  const { client, state } = token;
  const waits = WAITING.has(state);
  return (
    <g
      class={`token ${state} ${waits ? "waits" : ""}`}
      data-client={client.number}
      data-state={state}
      style={{ transform: `translate(${x}px, ${y}px)` }}
    >
      <title>{sentenceOf(token)}</title>
      <circle r={TOKEN_RADIUS} />
      <text y={4}>{client.number || client.connection}</text>
    </g>
  );
}

/** Where it is, and if it waits, for whom. */
function sentenceOf({ client, state }: Token): string {
  const us = untilUs.value;
  const span = clientSpanAt(client, us);
  if (span === undefined) return `${client.name}: ${STATE_WORDS[state]}`;
  if (!WAITING.has(state)) return `${client.name}: ${stateText(span)}`;
  return waitSentence({ client, span, reasons: reasonsFor(current.value.lanes, client, span) });
}

/** The fixed parts of a lesson's picture: at each moment some are there, some work, some are not yet. */
import { WAITING } from "../../lanes/client_spans.ts";
import { STATE_WORDS } from "../../lanes/words.ts";
import type { PictureParts } from "./picture_places.ts";
import type { PictureState, Token } from "./picture_state.ts";

const ROWS = [1, 2, 3];

/**
 * Shows a moment in the picture; without one the picture is as its drawer left it.
 *
 * @param svg the lesson's diagram, in the page.
 */
export function showParts(
  svg: SVGSVGElement,
  parts: PictureParts | undefined,
  state: PictureState | undefined,
): void {
  const part = (id: string) => svg.querySelector<SVGElement>(`#${CSS.escape(id)}`);
  for (const row of ROWS) {
    const token = state?.tokens.find(({ client }) => (client.number - 1) % 3 + 1 === row);
    const away = (isAway: boolean) => state !== undefined && isAway;
    const outside = token === undefined || OUTSIDE.has(token.state);
    part(`client-${row}`)?.classList.toggle("away", away(token === undefined));
    part(`connect-${row}`)?.classList.toggle("away", away(token === undefined));
    part(`connection-${row}`)?.classList.toggle("away", away(outside));
    part(`connfd-${row}`)?.classList.toggle("away", away(outside));
    // The moment that the drawer chose: the tokens take its place.
    part(`queued-client-${row}`)?.classList.toggle("away", state !== undefined);
    setText(part(`client-${row}-state`), state && wordsOf(token));
    setText(
      part(`client-${row}`)?.querySelector("text"),
      state && token && `client ${token.client.number || token.client.connection}`,
    );
  }
  setText(part("caption"), state && captionOf(state));
  showBusiness(part("business"), state);
  showThreads(svg, parts, state);
}

/** How many are where. */
function captionOf({ tokens, more, working }: PictureState): string {
  const waiting = tokens.filter(({ state }) => WAITING.has(state)).length;
  return `${tokens.length + more} clients, ${waiting} wait, ${working.size} in business`;
}

/** The one place of business of a server that has only one. */
function showBusiness(part: SVGElement | null, state: PictureState | undefined): void {
  if (part === null) return;
  const [whose] = state?.working.values() ?? [];
  part.classList.toggle("works", whose !== undefined);
  part.classList.toggle("rests", state !== undefined && whose === undefined);
  setText(part.querySelector("#business-owner"), state && (whose ? `of ${whose}` : "none"));
}

const OUTSIDE: ReadonlySet<string> = new Set(["connecting", "accept-queue"]);

function wordsOf(token: Token | undefined): string {
  if (token === undefined) return "";
  return token.state === "accept-queue"
    ? "waits"
    : STATE_WORDS[token.state].split(" and ").at(-1) ?? "";
}

function showThreads(
  svg: SVGSVGElement,
  parts: PictureParts | undefined,
  state: PictureState | undefined,
): void {
  const names = new Map<string, string[]>(), working = new Map<string, string>();
  for (const thread of state?.threads ?? []) {
    const slot = parts?.slotOf(thread);
    if (slot === undefined) continue;
    names.set(slot, [...names.get(slot) ?? [], thread]);
    const whose = state?.working.get(thread);
    if (whose !== undefined) working.set(slot, whose);
  }
  for (const part of svg.querySelectorAll<SVGElement>("g[id]")) {
    if (!/^(main-thread|(worker|thread|io|process|watch|event)-\d)$/.test(part.id)) continue;
    const isThere = names.has(part.id);
    // Without a trace nobody tells which threads there are.
    part.classList.toggle("absent", state !== undefined && names.size > 0 && !isThere);
    part.classList.toggle("works", working.has(part.id));
    part.classList.toggle("rests", isThere && !working.has(part.id));
    setText(
      svg.querySelector(`#${part.id}-state`),
      names.size > 0 ? working.get(part.id) ?? "idle" : state && "",
    );
    const several = names.get(part.id);
    const isKnown = several !== undefined && (several.length > 1 || several[0] !== part.id);
    if (part.id !== "main-thread") {
      setText(svg.querySelector(`#${part.id}-name`), isKnown ? shortNames(several) : undefined);
    }
  }
}

/** Several threads that one part stands for. */
function shortNames([first, ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} +${others.length}`;
}

/** Puts a text in the place of the drawer's; undefined: that one is back. */
function setText(element: Element | null | undefined, text: string | undefined): void {
  if (!element) return;
  const own = element.getAttribute("data-own") ?? element.textContent ?? "";
  element.setAttribute("data-own", own);
  const wanted = text ?? own;
  if (element.textContent !== wanted) element.textContent = wanted;
}

/** Where in a lesson's picture a client stands: the picture's own parts, found by their ids. */
import type { Token } from "./picture_state.ts";

/** A rectangle in the picture's own units. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Finds parts of a picture, each measured once. */
export class PictureParts {
  readonly #boxes = new Map<string, Box | undefined>();

  constructor(readonly svg: SVGSVGElement) {}

  /** Where a part is; undefined: this picture has none of that name. */
  box(id: string): Box | undefined {
    if (id === "") return undefined;
    if (!this.#boxes.has(id)) {
      const part = this.svg.querySelector<SVGGraphicsElement>(`#${CSS.escape(id)}`);
      this.#boxes.set(id, part?.getBBox());
    }
    return this.#boxes.get(id);
  }

  /** The part that stands for a thread: `worker-7` is drawn at one of the workers that there are. */
  slotOf(thread = ""): string | undefined {
    if (thread === "main") return "main-thread";
    const [, kind, digits] = /^(.*)-(\d+)$/.exec(thread) ?? [];
    if (kind === undefined) return undefined;
    let count = 0;
    while (this.box(`${kind}-${count + 1}`) !== undefined) count++;
    return count === 0 ? undefined : `${kind}-${(Number(digits) - 1) % count + 1}`;
  }

  /** The place of a client. */
  placeOf({ state, thread, place, client }: Token): Box | undefined {
    const slot = this.slotOf(thread);
    const row = (Math.max(1, client.number || client.connection) - 1) % 3 + 1;
    switch (state) {
      case "connecting":
        return this.box(`connect-label`);
      case "accept-queue":
        return this.box(`accept-queue-slot-${Math.min(3, place + 1)}`);
      case "unread":
        return this.#crossing(row);
      case "replying":
        return this.box(`client-${row}`);
      case "queued":
        return this.box(`job-queue-slot-${Math.min(3, place + 1)}`) ?? this.#inside("read", slot) ??
          this.#home(slot, row);
      case "half-read":
        return this.#inside("read", slot);
      case "unwritten":
        return this.#inside("write", slot);
      case "business":
        return this.#inside("business", slot) ?? this.box(slot ?? "process");
      case "in-server":
        return this.box("process");
      case "idle":
        return this.#home(slot, row);
    }
  }

  /** The part of that name which lies in the thread's part. */
  #inside(name: string, slot: string | undefined): Box | undefined {
    const outer = this.box(slot ?? "");
    const all = [name, `${name}-1`, `${name}-2`, `${name}-3`].map((id) => this.box(id));
    const known = all.filter((box) => box !== undefined);
    if (outer === undefined) return known[0];
    return known.find((box) => contains(outer, box));
  }

  /** The connfd, in the thread that holds it. */
  #home(slot: string | undefined, row: number): Box | undefined {
    const outer = this.box(slot ?? "");
    const ids = [`connfd-${row}`, "connfd-1", "connfd-2", "connfd-3"];
    const known = ids.map((id) => this.box(id)).filter((box) => box !== undefined);
    const inside = outer && known.find((box) => contains(outer, box));
    return inside ?? outer ?? known[0];
  }

  /** Where the connection crosses the kernel. */
  #crossing(row: number): Box | undefined {
    const [kernel, client] = [this.box("kernel"), this.box(`client-${row}`)];
    if (kernel === undefined || client === undefined) return kernel;
    return { x: kernel.x, width: kernel.width, y: client.y, height: client.height };
  }
}

function contains(outer: Box, inner: Box): boolean {
  const [x, y] = [inner.x + inner.width / 2, inner.y + inner.height / 2];
  return x >= outer.x && x <= outer.x + outer.width && y >= outer.y && y <= outer.y + outer.height;
}

/** Half of a token's width, in the picture's units. */
export const TOKEN_RADIUS = 11;
const STEP = 19;
/** A part of such a size has words in it. */
const WORDS_HEIGHT = 60, WORDS_WIDTH = 62;

/** The middle of the token that is the `nth` in a place of `count`. */
export function spot(box: Box, nth: number, count: number): { x: number; y: number } {
  const columns = Math.max(1, Math.min(count, Math.floor(box.width / STEP)));
  const rows = Math.ceil(count / columns);
  const [column, row] = [nth % columns, Math.floor(nth / columns)];
  // A place with words in it keeps them readable: whoever is alone there stands at its edge.
  const middle = rows === 1 && box.height < WORDS_HEIGHT && box.width > WORDS_WIDTH
    ? box.x + box.width - (columns - 1) * STEP / 2
    : box.x + box.width / 2;
  return {
    x: middle + (column - (Math.min(count, columns) - 1) / 2) * STEP,
    y: box.y + box.height / 2 + (row - (rows - 1) / 2) * STEP,
  };
}

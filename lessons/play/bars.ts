/** What was predicted and what was measured, as bars on one axis. */

/** A bar. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  /** The value as it is written: `1213 ms`. */
  readonly text: string;
}

const GAP = "  ";

/**
 * Draws bars from 0, all to the same scale, and the axis below them.
 *
 * @param columns how wide a line may be.
 * @returns lines without their ends.
 */
export function drawBars(bars: readonly Bar[], columns: number): string[] {
  const nameColumns = Math.max(...bars.map(({ name }) => name.length));
  const textColumns = Math.max(...bars.map(({ text }) => text.length));
  const room = Math.max(1, columns - nameColumns - textColumns - 2 * GAP.length - 1);
  const most = Math.max(...bars.map(({ value }) => value), 1);
  const lines = bars.map(({ name, value, text }) => {
    const bar = "#".repeat(Math.round(value / most * room));
    return `${name.padEnd(nameColumns)}${GAP}${text.padStart(textColumns)}${GAP}|${bar}`;
  });
  const margin = " ".repeat(nameColumns + textColumns + 2 * GAP.length);
  const end = String(most);
  return [...lines, `${margin}+${"-".repeat(room)}`, `${margin}0${end.padStart(room)}`];
}

/** How wide a picture in a terminal may be. */

/** A terminal's width, when nobody tells it, and the most that a picture needs. */
const USUAL_COLUMNS = 80, MOST_COLUMNS = 120;

/** The columns of standard output. */
export function columnsOfOutput(): number {
  if (!Deno.stdout.isTerminal()) return USUAL_COLUMNS;
  // One that is driven by a program may not tell.
  return Math.min(Deno.consoleSize().columns || USUAL_COLUMNS, MOST_COLUMNS);
}

/**
 * Mistakes in the shape of an event loop that its text shows, and that look like something else from
 * outside: advice, and never a verdict.
 */

/** A case of a `switch`, and what stands in it up to the next one. */
const CASE = /\bcase (["'][\w-]+["']):([^]*?)(?=\bcase ["']|\bdefault:)/g;
/** Its last statement leads out of it. */
const LEAVES = /\b(break|continue|return|throw)\b[^;]*;?$/;
const WRITES_EACH = /for \([^;{]*\.requests\(\)\)\s*\{[^{}]*\bselector\.write\(/;
const SUBMITS_EACH =
  /(for|while) \([^{]*\.(requests|nextRequest)\([^{]*\{[^{}]*\bpool\.submit\(|for \([^{]*\.requests\(\)\)\s*pool\.submit\(/;
/** In the loop of lessons 3 and 4 nothing else may be waited for. */
const WAITS = /\bawait (?!selector\.wait|pool\.close)([\w.]+(?: [\w.]+)?)/;
const LOOPS = [3, 4];

/**
 * @param code without comments.
 * @returns advice, "" when there is none.
 */
export function shapeAdvice(code: string, lesson: number): string {
  for (const [, name, body] of code.matchAll(CASE)) {
    const end = body.replace(/[\s}]+$/, "");
    if (end.replace(/[\s{]+/, "") !== "" && !LEAVES.test(end)) {
      return `\`case ${name}\` does not end with \`break\`, so what stands below it is done too: ` +
        "is that meant?";
    }
  }
  if (!LOOPS.includes(lesson)) return "";
  if (WRITES_EACH.test(code)) {
    return "`selector.write()` stands in the loop over the requests: call it once, behind that loop. " +
      'Each call brings a "written" of its own.';
  }
  if (SUBMITS_EACH.test(code)) {
    return "Several requests of one connection are submitted at once: submit one, and the next when " +
      'its reply is "written". Otherwise replies overtake each other.';
  }
  return "";
}

/** The same, about a loop that waits in a second place. */
export function waitAdvice(code: string, lesson: number): string {
  const [, what] = LOOPS.includes(lesson) ? WAITS.exec(code) ?? [] : [];
  return what === undefined ? "" : `The loop waits at \`await ${what}\` too: it may wait in ` +
    "`selector.wait()` only, since nobody else is served meanwhile.";
}

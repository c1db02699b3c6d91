/** Everything but the submission on which a result depends. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fingerprint } from "./fingerprint.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** By what somebody is graded. */
export interface GradedBy {
  readonly lesson: number;
  /** The lesson's folder in `lessons/`. */
  readonly folder: string;
  /** A folder of claims of one's own. */
  readonly claims?: string;
}

/** @param more what else makes a difference. */
export function graderFingerprint(
  { lesson, folder, claims }: GradedBy,
  more: readonly string[] = [],
): string {
  const files = ["models", "tests/grader", `tests/lesson${lesson}_test.ts`].concat(
    ["lessons/tools", `lessons/${folder}/README.md`, "deno.json"],
  );
  const paths = [...files.map((path) => join(ROOT, path)), ...(claims ? [claims] : [])];
  return fingerprint(paths, [Deno.version.deno, `${lesson}`, ...more]);
}

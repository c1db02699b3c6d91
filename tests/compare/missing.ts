/** What a comparison could not measure, and why: said, and not left out. */
import { procExists } from "../grader/server/proc.ts";
import type { Comparison } from "./figures.ts";
import { tablesOf } from "./columns.ts";

/** A sentence for each thing that is not there. */
export function missingText(found: Omit<Comparison, "missing">): string[] {
  const sentences: string[] = [];
  if (!procExists) {
    const columns = tablesOf(found.yardstick).flatMap(({ columns }) => columns);
    const titles = columns.filter(({ proc }) => proc).map(({ title }) => title);
    sentences.push(`Only Linux's /proc shows: ${[...new Set(titles)].join("; ")}.`);
  } else if (found.redis === undefined) {
    sentences.push("No redis-server here: the CPU time of PING is compared with model 3's.");
  }
  for (const row of found.models) {
    const { model, io, name, error, memory_bytes, memory_clients, ping_median_us, ping_p99_us } =
      row;
    const who = `model ${model}, ${name}${io === "deno" ? "" : `, --io ${io}`}`;
    if (error !== undefined) {
      sentences.push(`Not measured: ${who}: ${error}.`);
      continue;
    }
    if (procExists && memory_bytes === undefined) {
      sentences.push(`No memory of ${who}: the kernel does not tell it (smaps_rollup).`);
    } else if (procExists && memory_clients === 0) {
      sentences.push(`No memory for a client of ${who}: it serves only one.`);
    }
    if (ping_median_us !== undefined && ping_p99_us === undefined) {
      sentences.push(`No p99 of ${who}: fewer than 100 replies in the time.`);
    }
  }
  return sentences;
}

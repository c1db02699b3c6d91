/**
 * For whatever uses Node's modules. Where Linux's /proc is hidden, as in some containers, Deno panics
 * when it loads the first of them, with 20 lines about a bug; this module says what is wrong, in one
 * line, and ends the program.
 *
 * Who imports it takes Node's modules by `process.getBuiltinModule`, which loads them there and then.
 * An `import` of them would be loaded before any module of ours runs.
 */

import { freeDescriptors } from "../sockets/descriptors.ts";

// Deno 2.9.6: with /proc hidden, `node:` modules and `Deno.execPath()` panic, and nothing tells so but
// the memory that the process seems not to have.
if (Deno.build.os === "linux" && Deno.memoryUsage().rss === 0) {
  // /proc cannot be opened without a descriptor either; that is this thread's end, and not the process's.
  if (freeDescriptors(1) === 0) throw new Error("too few descriptors are left (ulimit -n)");
  console.error("this model needs /proc, which is hidden here; models 1, 3 and 4 run without it");
  Deno.exit(1);
}

/** The permissions that `models/parts/processes/process_start.ts` asks for. */
export const TO_START_PROCESSES: readonly string[] = [
  `--allow-run=${Deno.execPath()}`,
  "--allow-env=DENO_DIR,XDG_CACHE_HOME,HOME,NO_COLOR,NODE_V8_COVERAGE",
];

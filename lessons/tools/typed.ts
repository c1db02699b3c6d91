/** How this person types a task, so that what we print can be typed as it stands. */

/** npm sets it for whatever `npx` starts, and `deno task` passes it on. */
const STARTED_BY = "npm_lifecycle_event";

/**
 * What stands before a task's name: `deno task`, or `npx -y deno@2.9.6 task` where Deno was started
 * by npx and is perhaps not installed. Without the permission to see that, it is the first.
 */
export const TASK: string = startedByNpx() ? `npx -y deno@${Deno.version.deno} task` : "deno task";

function startedByNpx(): boolean {
  const { state } = Deno.permissions.querySync({ name: "env", variable: STARTED_BY });
  return state === "granted" && Deno.env.get(STARTED_BY) === "npx";
}

/**
 * The program in which a model runs while it is measured: nothing but the model, and one line that
 * tells the port. Arguments: the model's URL, and options for `serve()` as JSON.
 */
import type { ServeOptions, Server } from "../../../models/parts/options.ts";

const [model, options] = Deno.args;
const { serve }: { serve: (options: ServeOptions) => Server } = await import(model);
const server = serve({
  ...JSON.parse(options),
  onListen: ({ port }) => console.log(`listening on ${port}`),
});
await server.finished;

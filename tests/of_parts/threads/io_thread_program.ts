/**
 * The program of the threads in the tests of IoThreads: model 3's loop, and a command besides. `DIE n`
 * waits until the server has n clients, then makes the thread fail; nothing is read meanwhile.
 */
import { eventLoop } from "../../../models/3_io_multiplexing.ts";
import { ioThreadMain } from "../../../models/parts/io_thread_program.ts";
import { text } from "../helpers.ts";

ioThreadMain(import.meta, (selector, context) => {
  const { business, state } = context;
  const run = business.run.bind(business);
  business.run = (request, id) => {
    if (request.name !== "DIE") return run(request, id);
    while (state.counters.connected_clients < Number(text(request.words[1]))) state.sleep(1);
    throw new Error("made to fail by the test");
  };
  return eventLoop(selector, context);
});

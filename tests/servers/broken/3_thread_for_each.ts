/**
 * Pretends to be lesson 3. Wrong: behind the scenes each client has a thread that reads and writes.
 *
 * People build an event loop over a queue, and fill the queue from one reader thread for each client.
 * The business is on one thread, and the price is still a thread for each client.
 *
 * Loses 3.P2: \d+ clients cost \d\d threads
 */
export { serve } from "./2_business_on_main.ts";

/**
 * Pretends to be lesson 3. Wrong: a command that it does not know, or whose words are too few or too many,
 * is answered with nothing.
 *
 * A client that waits for its reply waits for ever, or takes the next one for it.
 *
 * Loses: 3.R1
 */
import { Buffer } from "node:buffer";
import process from "node:process";
import { serveOnLoop } from "../other_languages/node_server.mjs";
import { Business } from "../other_languages/business.mjs";

const business = new Business();
serveOnLoop(Number(process.argv[2]), (words) => {
  const reply = business.run(words);
  return reply[0] === "-".charCodeAt(0) ? Buffer.alloc(0) : reply;
});

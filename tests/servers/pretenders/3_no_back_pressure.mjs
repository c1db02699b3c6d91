/**
 * Pretends to be lesson 3. Wrong: it never looks at what `write` returns, and reads on, whether its replies
 * are taken or not.
 *
 * What a client asks for and does not take piles up in the server's memory, as much as the client likes.
 *
 * Loses: 3.R1
 */
import process from "node:process";
import { serveOnLoop } from "../other_languages/node_server.mjs";
import { Business } from "../other_languages/business.mjs";

const business = new Business();
const run = (words) => business.run(words);
serveOnLoop(Number(process.argv[2]), run, { heedsPressure: false });

/**
 * Right for lesson 3, and unusual: Node.js, whose loop is there already, with four threads of libuv's
 * pool beside it that have nothing to do.
 *
 * A client that does not read is not read from either, until its replies are gone.
 */
import process from "node:process";
import { serveOnLoop } from "../other_languages/node_server.mjs";
import { Business } from "../other_languages/business.mjs";

const business = new Business();
serveOnLoop(Number(process.argv[2]), (words) => business.run(words));

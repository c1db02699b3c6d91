/** A thread that is blocked in `accept4` does nothing else: a timer that is due waits, too. */
import { ownAddress } from "../../models/parts/kernel/address.ts";
import { libc } from "../../models/parts/kernel/libc.ts";
import { openListener } from "../../models/parts/kernel/listen_calls.ts";

const listeningSocket = openListener({ hostname: "127.0.0.1", port: 0 }, true);
const { port } = ownAddress(listeningSocket);
const startMs = performance.now();

function say(what: string): void {
  console.log(`${Math.round(performance.now() - startMs).toString().padStart(4)} ms: ${what}`);
}

// Another thread, which will connect in a while.
const client = new Worker(new URL("client_thread.ts", import.meta.url), { type: "module" });
client.postMessage(port);

setTimeout(() => say("the timer runs, which was due after 1 ms"), 1);
say("the main thread calls accept4");
const connfd = libc().accept4(listeningSocket, null, null, 0);
say(connfd >= 0 ? "accept4 has returned a connection" : "accept4 has failed");

libc().close(connfd);
libc().close(listeningSocket);

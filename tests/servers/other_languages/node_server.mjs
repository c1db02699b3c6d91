/** Servers on Node's own event loop: one that does the business itself, and one that gives it away. */
import net from "node:net";
import { answerAll, closes } from "./business.mjs";
import { malformed, Requests } from "./resp.mjs";

const HOST = "127.0.0.1", BACKLOG = 511;

/** Reads, works and writes on the loop. A client that does not read is not read from either. */
export function serveOnLoop(port, run, { heedsPressure = true } = {}) {
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const requests = new Requests();
    socket.on("data", (chunk) => {
      requests.push(chunk);
      const { replies, ends } = answerAll(requests, run);
      if (!socket.write(replies) && heedsPressure) socket.pause();
      if (ends) socket.end();
    });
    socket.on("drain", () => socket.resume());
    socket.on("end", () => socket.end());
    // That client is gone.
    socket.on("error", () => socket.destroy());
  });
  server.listen({ port, host: HOST, backlog: BACKLOG });
}

/**
 * Reads and writes on the loop, and gives each request away as `{ words, done }`; one of a client at a
 * time. `done` takes the reply.
 */
export function serveByGiving(port, give) {
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const requests = new Requests();
    let busy = false, ended = false;
    const next = () => {
      busy = false;
      goOn();
    };
    const goOn = () => {
      if (busy || socket.destroyed) return;
      const words = takeOrRefuse(requests, socket);
      if (words === undefined) return ended ? socket.end() : socket.resume();
      busy = true;
      socket.pause();
      give({ words, done: (reply) => answer(socket, reply, closes(words), next) });
    };
    socket.on("data", (chunk) => {
      requests.push(chunk);
      goOn();
    });
    socket.on("end", () => {
      ended = true;
      goOn();
    });
    // That client is gone.
    socket.on("error", () => socket.destroy());
  });
  server.listen({ port, host: HOST, backlog: BACKLOG });
}

function takeOrRefuse(requests, socket) {
  try {
    return requests.take();
  } catch (error) {
    socket.end(malformed(error));
    return undefined;
  }
}

/** Writes, and goes on when the kernel has taken it. */
function answer(socket, reply, ends, goOn) {
  if (ends) socket.end(reply);
  else if (socket.write(reply)) goOn();
  else socket.once("drain", goOn);
}

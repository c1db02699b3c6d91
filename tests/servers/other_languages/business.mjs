/** The business for servers in JavaScript, on Node.js and Deno: what each command does. */
import { Buffer } from "node:buffer";
import process from "node:process";
import { bulk, error, malformed, NUMBER, ProtocolError } from "./resp.mjs";

const MOST_SLEEP_MS = 60_000, MOST_FIB = 45;
/** How many words each command may have, its name among them. */
const WORDS = {
  PING: [1, 2],
  ECHO: [2, 2],
  SLEEP: [2, 2],
  FIB: [2, 2],
  WHO: [1, 1],
  INFO: [1, 2],
  QUIT: [1, 1],
};
const OK = Buffer.from("+OK\r\n");
const nap = new Int32Array(new SharedArrayBuffer(4));

/** The slow way, on purpose. */
export function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

/** What the commands do. A server that pretends replaces what it fakes. */
export class Business {
  commands = 0;

  constructor(name = "main") {
    this.name = name;
  }

  /** Blocks the calling thread. */
  sleep(ms) {
    Atomics.wait(nap, 0, 0, ms);
  }

  fib(n) {
    return fib(n);
  }

  /**
   * Does one request's business. It may block.
   *
   * @param {Uint8Array[]} words
   * @returns {Buffer} the reply; empty for an empty request.
   */
  run(words) {
    if (words.length === 0) return Buffer.alloc(0);
    this.commands++;
    const given = Buffer.from(words[0]).toString("latin1"), name = given.toUpperCase();
    if (!Object.hasOwn(WORDS, name)) return error(`unknown command '${given.slice(0, 128)}'`);
    const [least, most] = WORDS[name];
    if (words.length < least || words.length > most) {
      return error(`wrong number of arguments for '${name.toLowerCase()}' command`);
    }
    return this.#reply(name, words[1]);
  }

  #reply(name, argument) {
    if (name === "ECHO" || name === "PING") {
      return argument === undefined ? Buffer.from("+PONG\r\n") : bulk(argument);
    }
    if (name === "WHO") return bulk(Buffer.from(this.name));
    if (name === "INFO") {
      return bulk(Buffer.from(`pid:${process.pid}\r\ntotal_commands:${this.commands}\r\n`));
    }
    if (name === "QUIT") return OK;
    const text = Buffer.from(argument).toString("latin1");
    if (!NUMBER.test(text) || Number(text) > (name === "FIB" ? MOST_FIB : MOST_SLEEP_MS)) {
      return error("value is not an integer or out of range");
    }
    if (name === "FIB") return Buffer.from(`:${this.fib(Number(text))}\r\n`);
    this.sleep(Number(text));
    return OK;
  }
}

/** Whether the connection is to be closed when the request is answered. */
export function closes(words) {
  return words.length === 1 && Buffer.from(words[0]).toString("latin1").toUpperCase() === "QUIT";
}

/**
 * Answers every request that has come whole.
 *
 * @param {Requests} requests
 * @param {(words: Buffer[]) => Buffer} run
 * @returns {{ replies: Buffer, ends: boolean }} and whether to close then.
 */
export function answerAll(requests, run) {
  const replies = [];
  try {
    for (let words = requests.take(); words !== undefined; words = requests.take()) {
      replies.push(run(words));
      if (closes(words)) return { replies: Buffer.concat(replies), ends: true };
    }
  } catch (problem) {
    if (!(problem instanceof ProtocolError)) throw problem;
    replies.push(malformed(problem));
    return { replies: Buffer.concat(replies), ends: true };
  }
  return { replies: Buffer.concat(replies), ends: false };
}

/** What is done to a socket, each a system call: its failure is named, and a signal is no failure. */
import { errno, libc } from "./libc.ts";
import { checked, ERRNO, SystemCallError } from "./system_call_error.ts";

/** For this call the socket does not block; and a client that is gone is an error, not a signal. */
const MSG_PEEK = 2, MSG_DONTWAIT = 0x40, MSG_NOSIGNAL = 0x4000;
const SHUT_RD = 0, SHUT_WR = 1, SHUT_RDWR = 2;
const SOL_SOCKET = 1, SO_RCVTIMEO = 20, SO_SNDTIMEO = 21;
/** A send takes no more at once: so its caller sees that a slow client takes something. */
const MOST_SENT_BYTES = 256 * 1024;

/** Who waits at most so long: for bytes, or for room. */
export type TimeLimit = "receive" | "send";

/**
 * `recv`: reads what has come.
 *
 * @returns how many bytes, null at the client's end, undefined when nothing has come.
 */
export function receiveNow(fd: number, buffer: Uint8Array): number | null | undefined {
  return receive(fd, buffer, MSG_DONTWAIT);
}

/** The same, but blocks; undefined: until the socket's time limit was over. */
export function receiveBlocking(fd: number, buffer: Uint8Array): number | null | undefined {
  return receive(fd, buffer, 0);
}

const POLLIN = 1;
const ONE_BYTE = new Uint8Array(1);

/** Whether something has come: 0 when there are bytes, which stay; the rest as `receiveNow`. */
export function peekNow(fd: number): 0 | null | undefined {
  const count = receive(fd, ONE_BYTE, MSG_PEEK | MSG_DONTWAIT);
  return count === 1 ? 0 : count as null | undefined;
}

/** Whether a listening socket has a connection. */
export function hasCome(fd: number): boolean {
  const pollfd = new Int16Array(4);
  new Int32Array(pollfd.buffer)[0] = fd;
  pollfd[2] = POLLIN;
  return checked("poll", libc().poll(new Uint8Array(pollfd.buffer), 1n, 0)) > 0;
}

function receive(fd: number, buffer: Uint8Array, flags: number): number | null | undefined {
  for (;;) {
    const count = libc().recv(fd, buffer as Uint8Array<ArrayBuffer>, BigInt(buffer.length), flags);
    if (count > 0) return count;
    if (count === 0) return null;
    if (!isInterrupted("recv")) return undefined;
  }
}

/**
 * `send`: writes as much as the kernel takes.
 *
 * @returns how many bytes; undefined when there is no room for any.
 */
export function sendNow(fd: number, bytes: Uint8Array): number | undefined {
  return send(fd, bytes, MSG_DONTWAIT);
}

/** The same, but blocks; undefined: until the socket's time limit was over. */
export function sendBlocking(fd: number, bytes: Uint8Array): number | undefined {
  return send(fd, bytes, 0);
}

function send(fd: number, bytes: Uint8Array, flags: number): number | undefined {
  for (;;) {
    const length = BigInt(Math.min(bytes.length, MOST_SENT_BYTES));
    const count = libc().send(fd, bytes as Uint8Array<ArrayBuffer>, length, flags | MSG_NOSIGNAL);
    if (count >= 0) return count;
    if (!isInterrupted("send")) return undefined;
  }
}

/**
 * After a call that failed: whether a signal came, so that it is to be called again; false: nothing
 * was there.
 *
 * @throws SystemCallError for what is a failure.
 */
export function isInterrupted(call: string): boolean {
  const number = errno();
  if (number === ERRNO.EINTR) return true;
  if (number === ERRNO.EAGAIN) return false;
  throw new SystemCallError(call, number);
}

/** How long the socket's `recv` and `accept`, or its `send`, may block, in ms; 0: for ever. */
export function limitBlocking(fd: number, what: TimeLimit, ms: number): void {
  const wholeMs = Math.ceil(ms);
  // `struct timeval { time_t tv_sec; suseconds_t tv_usec; }`
  const fields = [Math.floor(wholeMs / 1000), (wholeMs % 1000) * 1000];
  const timeval = BigInt64Array.from(fields, BigInt);
  const bytes = new Uint8Array(timeval.buffer);
  const option = what === "receive" ? SO_RCVTIMEO : SO_SNDTIMEO;
  checked("setsockopt", libc().setsockopt(fd, SOL_SOCKET, option, bytes, bytes.length));
}

/** Half-close: tells the other side that no more will be written. */
export function shutDownWriting(fd: number): void {
  shutDown(fd, SHUT_WR);
}

/** Ends what waits in `recv` or `accept` for this socket, in whatever thread: nothing more comes. */
export function shutDownReading(fd: number): void {
  shutDown(fd, SHUT_RD);
}

/** Ends what waits for this socket in whatever thread, `send` too. */
export function shutDownBoth(fd: number): void {
  shutDown(fd, SHUT_RDWR);
}

/** A client that is gone already has nothing to be shut down. */
function shutDown(fd: number, how: number): void {
  if (libc().shutdown(fd, how) === 0) return;
  const number = errno();
  if (number !== ERRNO.ENOTCONN) throw new SystemCallError("shutdown", number);
}

/** Frees a descriptor. */
export function closeDescriptor(fd: number): void {
  // Linux frees it whatever `close` returns; only a number that was none is a mistake of ours.
  if (libc().close(fd) === 0) return;
  const number = errno();
  if (number === ERRNO.EBADF) throw new SystemCallError("close", number);
}

/** A second number for the same socket; -1: there is none left. */
export function duplicateDescriptor(fd: number): number {
  const duplicate = libc().dup(fd);
  if (duplicate >= 0) return duplicate;
  const number = errno();
  if (number === ERRNO.EMFILE) return -1;
  throw new SystemCallError("dup", number);
}

/** What a socket that was closed here says. */
export function isClosed(): Error {
  return new Deno.errors.BadResource("the socket is closed");
}

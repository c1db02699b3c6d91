/** Why a server cannot listen or a client cannot connect: one line each, with what to do about it. */
import { addressText } from "./address.ts";
import { shortened } from "./flags.ts";

const { errors } = Deno;

/**
 * @param error what `serve()` threw.
 * @returns one line for the user; undefined when the error is a bug rather than a bad address.
 */
export function whyNotListening(
  error: unknown,
  hostname: string,
  port: number,
): string | undefined {
  const host = shortened(hostname);
  if (error instanceof errors.AddrInUse) {
    return `port ${port} is in use on ${host}; try --port 0 for any free port`;
  }
  if (error instanceof errors.PermissionDenied) {
    return `port ${port} is for privileged users only; try a port from 1024 up, or --port 0`;
  }
  if (error instanceof errors.NotCapable) {
    return `${host} is not allowed by --allow-net in deno.json; try --host 0.0.0.0`;
  }
  if (error instanceof errors.AddrNotAvailable || isBadAddress(error)) {
    return `${host} is not an address of this machine; try --host 127.0.0.1`;
  }
  return isSystemError(error)
    ? `cannot listen on ${addressText({ hostname: host, port })}: ${error.message}`
    : undefined;
}

/**
 * @param error what `Deno.connect` threw.
 * @param start the command that starts the server that was looked for.
 * @returns one line for the user; undefined when the error is a bug.
 */
export function whyNotConnected(
  error: unknown,
  address: Deno.NetAddr,
  start: string,
): string | undefined {
  const host = shortened(address.hostname);
  if (error instanceof errors.ConnectionRefused) {
    return `nothing listens on ${addressText(address)}; start it with: ${start}`;
  }
  if (error instanceof errors.NotCapable) {
    return `${host} is not allowed by --allow-net in deno.json`;
  }
  if (isBadAddress(error)) return `${host} is not an address that can be reached`;
  return isSystemError(error)
    ? `cannot connect to ${addressText(address)}: ${error.message}`
    : undefined;
}

/** An address that is none, that no name server knows, or that cannot be used here. */
function isBadAddress(error: unknown): boolean {
  return error instanceof URIError ||
    (error instanceof Error && /failed to lookup|os error 22\b/.test(error.message));
}

/** True for what the operating system refused, and for what a part says about this platform. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error &&
    (error.constructor === Error || Object.values(errors).some((type) => error instanceof type));
}

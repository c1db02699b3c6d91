/** What a system call's failure is called: `EMFILE in accept4`. */
import { errno } from "./libc.ts";

/** Numbers of `errno.h`, the same on Linux for x86-64 and arm64. */
export const ERRNO = {
  EPERM: 1,
  ENOENT: 2,
  EINTR: 4,
  EBADF: 9,
  EAGAIN: 11,
  ENOMEM: 12,
  EACCES: 13,
  EFAULT: 14,
  EEXIST: 17,
  EINVAL: 22,
  ENFILE: 23,
  EMFILE: 24,
  EPIPE: 32,
  EPROTO: 71,
  ENOTSOCK: 88,
  EOPNOTSUPP: 95,
  EADDRINUSE: 98,
  EADDRNOTAVAIL: 99,
  ENETDOWN: 100,
  ECONNABORTED: 103,
  ECONNRESET: 104,
  ENOBUFS: 105,
  ENOTCONN: 107,
  ETIMEDOUT: 110,
  EHOSTUNREACH: 113,
} as const;

const NAMES = new Map<number, string>(
  Object.entries(ERRNO).map(([name, number]) => [number, name]),
);

/** A system call that failed. */
export class SystemCallError extends Error {
  /** Tells it from other errors in a stack trace. */
  override name = "SystemCallError";

  /**
   * Says which call failed, and how.
   *
   * @param call its name in C.
   * @param number what `errno()` was, read at once. Default: what it is now.
   */
  constructor(readonly call: string, readonly number: number = errno()) {
    super(`${NAMES.get(number) ?? `errno ${number}`} in ${call}`);
  }
}

/**
 * For a call that cannot fail unless something is wrong with the program, or with the machine.
 *
 * @param result what the call returned.
 * @returns the same, when it is no failure.
 * @throws SystemCallError when it is.
 */
export function checked(call: string, result: number): number {
  if (result < 0) throw new SystemCallError(call);
  return result;
}

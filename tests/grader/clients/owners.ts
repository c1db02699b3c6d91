/** Which client waits for a reply: a verdict says where that client's bytes are. */

/** What is to be known of that client. */
export interface Owner {
  readonly name: string;
  /** Its local port. */
  readonly port: number;
  /** Whether it reads what comes. */
  readonly reads: boolean;
  /** Whether a part of a reply has come. */
  readonly midReply: boolean;
  /** How many replies have come. */
  readonly came: number;
}

/** Which client each promise of a reply is about: a verdict says where that client's bytes are. */
const owners = new WeakMap<Promise<unknown>, Owner>();

/** The client whose `reply()` or `ask()` returned the promise; undefined when it is none of these. */
export function ownerOf(promise: Promise<unknown>): Owner | undefined {
  return owners.get(promise);
}

/** Takes down whose reply it is. @returns the reply. */
export function owned(client: Owner, reply: Promise<string>): Promise<string> {
  owners.set(reply, client);
  return reply;
}

/**
 * The slots of a job queue: places in shared memory for one job each. First the request lies there,
 * then, in the same place, its reply. Whose a slot is, and when, is said in `job_queue.ts`; nobody else
 * may touch it.
 */
import { MAX_REQUEST_BYTES, MAX_WORDS, type Reply, type Request } from "../protocol/protocol.ts";
import { commandName } from "../protocol/command_name.ts";

/** How many there are. */
export const SLOTS = 128;

/**
 * In front, in words of 4 bytes: connection, number of requests, and of each how many words it has and
 * the length of each word; or last, length of the reply. A trip of several requests has few words.
 */
const HEADER_WORDS = 3 + MAX_WORDS;
/** A reply may be a little longer than its request: the length in front, the line end behind. */
const ROOM_BYTES = MAX_REQUEST_BYTES + 64;
const SLOT_BYTES = HEADER_WORDS * 4 + ROOM_BYTES;
/** Fewer are copied one by one: a call costs as much. */
const FEW_BYTES = 32;

/** The memory that all slots take: 76 MB of addresses; the system backs what is written to. */
export const SLOTS_BYTES: number = SLOTS * SLOT_BYTES;

/** One thread's view of the slots. */
export class JobSlots {
  /** The whole memory: views are dear, so slots are reached by offset. */
  readonly #ints: Int32Array<SharedArrayBuffer>;
  readonly #bytes: Uint8Array<SharedArrayBuffer>;
  readonly #offset: number;

  /**
   * Looks at memory that threads share.
   *
   * @param offset where the slots begin, in bytes; a multiple of 4.
   */
  constructor(memory: SharedArrayBuffer, offset: number) {
    this.#ints = new Int32Array(memory);
    this.#bytes = new Uint8Array(memory);
    this.#offset = offset;
  }

  /** Copies the requests of a trip into a slot. */
  putRequests(slot: number, connection: number, requests: readonly Request[]): void {
    let header = this.#headerAt(slot);
    this.#ints[header++] = connection;
    this.#ints[header++] = requests.length;
    let at = this.#bytesAt(slot);
    for (const { words } of requests) {
      this.#ints[header++] = words.length;
      for (const word of words) {
        this.#ints[header++] = word.length;
        at = this.#copy(word, at);
      }
    }
  }

  /** Copies the requests out of a slot, and says from which connection they came. */
  takeRequests(slot: number): { connection: number; requests: Request[] } {
    let header = this.#headerAt(slot);
    const connection = this.#ints[header++];
    const count = this.#ints[header++];
    const lengths: number[][] = [];
    let total = 0;
    while (lengths.length < count) {
      const words = this.#ints[header++];
      const of: number[] = [];
      while (of.length < words) total += of[of.length] = this.#ints[header++];
      lengths.push(of);
    }
    return { connection, requests: requestsIn(this.#slice(slot, total), lengths) };
  }

  /**
   * Copies replies into a slot, one behind the other, over the requests; none behind a last one.
   *
   * @throws RangeError when they are longer than any that the protocol has.
   */
  putReplies(slot: number, replies: readonly Reply[]): void {
    const header = this.#headerAt(slot), from = this.#bytesAt(slot);
    let at = from, isLast = false;
    for (const reply of replies) {
      // Not in the loop's head: of a worker that returns nothing V8 would then say that of '.for'.
      const { bytes, last } = reply;
      if (at + bytes.length > from + ROOM_BYTES) throw new RangeError("the reply is too long");
      at = this.#copy(bytes, at);
      isLast ||= last === true;
    }
    this.#ints[header] = isLast ? 1 : 0;
    this.#ints[header + 1] = at - from;
  }

  /** Copies the replies out of a slot, as one. */
  takeReply(slot: number): Reply {
    const header = this.#headerAt(slot);
    return { bytes: this.#slice(slot, this.#ints[header + 1]), last: this.#ints[header] === 1 };
  }

  /** @returns where the copy ends. */
  #copy(bytes: Uint8Array, at: number): number {
    if (bytes.length > FEW_BYTES) this.#bytes.set(bytes, at);
    else for (let i = 0; i < bytes.length; i++) this.#bytes[at + i] = bytes[i];
    return at + bytes.length;
  }

  /** A copy: text can't be decoded from shared memory, and the reply goes where the request was. */
  #slice(slot: number, length: number): Uint8Array {
    const from = this.#bytesAt(slot);
    return this.#bytes.slice(from, from + length);
  }

  /** Where a slot's header lies, in words of 4 bytes. */
  #headerAt(slot: number): number {
    return (this.#offset + slot * SLOT_BYTES) / 4;
  }

  /** Where a slot's bytes lie, in bytes. */
  #bytesAt(slot: number): number {
    return this.#offset + slot * SLOT_BYTES + HEADER_WORDS * 4;
  }
}

/** @param lengths of the words of each request, which lie one behind the other. */
function requestsIn(bytes: Uint8Array, lengths: readonly (readonly number[])[]): Request[] {
  let at = 0;
  return lengths.map((of) => {
    const words = of.map((length) => bytes.subarray(at, at += length));
    return { name: commandName(words[0]), words };
  });
}

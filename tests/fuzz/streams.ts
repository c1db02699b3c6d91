/** Streams of bytes that one client sends: some requests, whole, changed or none, cut anywhere. */
import fc from "fast-check";
import { concat } from "../../models/parts/sockets/byte_stream.ts";
import { bytes } from "../of_parts/helpers.ts";
import { commonRequest, type Sent, written } from "./requests.ts";

/** Of a case that fails; a long word is one letter again and again. */
const MOST_SHOWN = 600;

/** Pieces of arrays that are no request, or look like one. */
const oddPiece = fc.constantFrom(
  ...[
    "\r\n",
    "\n",
    "*0\r\n",
    "*-1\r\n",
    "*-99999\r\n",
    "*1025\r\n",
    "*2\r\n",
    "*x\r\n",
    "$3\r\n",
    "*1\r\n$-1\r\n",
  ],
  ...[
    "*1\r\n$4\r\nPINGxy",
    "*1\r\n$524289\r\n",
    "*01\r\n",
    "*1\r\n:4\r\n",
    'ECHO "a\r\n',
    "ECHO 'a'b\r\n",
    "PING\r",
  ],
  ...[
    "POST / HTTP/1.1\r\n",
    "Host: a\r\n",
    "PING\0PING\r\n",
    "\vPING\fa\r\n",
    "*1\rx$4\rxPING\rx",
    "QUIT\r\n",
    "quit\n",
  ],
).map(bytes);
const junk = fc.oneof(
  { weight: 3, arbitrary: oddPiece },
  { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 40 }) },
);

/** A request in which one byte is another, or missing, or one too many. */
function changed(requests: ReturnType<typeof written>): fc.Arbitrary<Uint8Array> {
  return fc.tuple(requests, fc.nat(), fc.nat(255), fc.nat(2)).map(
    ([{ bytes: whole }, place, byte, how]) => {
      const at = place % whole.length;
      const middle = how === 0 ? [] : how === 1 ? [byte] : [byte, whole[at]];
      return concat([whole.subarray(0, at), Uint8Array.from(middle), whole.subarray(at + 1)]);
    },
  );
}

/**
 * What one client sends, from its first byte to its last.
 *
 * @param requests what right requests are drawn from.
 * @param wild false: nothing but right requests.
 */
export function stream(requests = written(), wild = true): fc.Arbitrary<Sent> {
  const right = requests.map((one) => one.bytes);
  const piece = wild
    ? fc.oneof(
      { weight: 24, arbitrary: right },
      { weight: 1, arbitrary: changed(requests) },
      { weight: 1, arbitrary: junk },
    )
    : right;
  return fc.record({
    pieces: fc.array(piece, { minLength: 1, maxLength: 6 }),
    places: fc.array(fc.nat(), { maxLength: 5 }),
  }).map(({ pieces, places }) => {
    const whole = concat(pieces);
    return { bytes: whole, cuts: cutsOf(whole.length, places) };
  });
}

/** The same of the requests that Redis has too. */
export function commonStream(): fc.Arbitrary<Sent> {
  return stream(written(commonRequest));
}

function cutsOf(length: number, places: readonly number[]): number[] {
  const cuts = places.map((place) => place % length).filter((cut) => cut > 0);
  return [...new Set(cuts)].toSorted((a, b) => a - b);
}

/** The bytes in the pieces in which they go out. */
export function piecesOf({ bytes: whole, cuts }: Sent): Uint8Array[] {
  const ends = [...cuts, whole.length];
  return ends.map((end, i) => whole.subarray(i === 0 ? 0 : ends[i - 1], end));
}

/** A case as it is shown when it fails, to be pasted into a test. */
export function shownCase({ bytes: whole, cuts }: Sent): string {
  const text = Array.from(
    whole,
    (byte) =>
      byte >= 32 && byte < 127 && byte !== 92 && byte !== 34
        ? String.fromCharCode(byte)
        : `\\x${byte.toString(16).padStart(2, "0")}`,
  ).join("");
  return `"${text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text}", cut at [${cuts}]`;
}

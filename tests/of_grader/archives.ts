/** Archives that tests make. */
import { zipSync } from "fflate";
import { pack } from "tar-stream";
import { gzipSync } from "node:zlib";

/** A text's bytes. */
export function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** A zip file. */
export function zipped(files: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, bytes(text)])),
  );
}

/** One entry of a tar file, as `tar-stream` takes it. */
type Entry = Parameters<ReturnType<typeof pack>["entry"]>[0];

/** A tar file, zipped. */
export async function tarred(
  files: Readonly<Record<string, string>>,
  others: readonly Entry[] = [],
): Promise<Uint8Array> {
  const packing = pack();
  for (const [name, text] of Object.entries(files)) packing.entry({ name }, text);
  for (const entry of others) packing.entry(entry);
  packing.finalize();
  const pieces: Uint8Array[] = [];
  for await (const piece of packing as AsyncIterable<Uint8Array>) pieces.push(piece);
  return gzipSync(new Uint8Array(await new Blob(pieces as BlobPart[]).arrayBuffer()));
}

/**
 * Opens what a student packed: `.zip`, `.tar`, `.tar.gz`, `.tgz`. Only ordinary files come out, under
 * plain names, so many and so large at most, and they are counted while they are unpacked: what an
 * archive says of its own size is not believed.
 */
import { Unzip, UnzipInflate } from "fflate";
import { extract } from "tar-stream";
import { createGunzip } from "node:zlib";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { UsageError } from "../../../lessons/tools/flags.ts";
import type { Bounds } from "./copy_folder.ts";
import { UnpackError, Writer } from "./write_unpacked.ts";

/** What a file that can be unpacked is called. */
export const ARCHIVE = /\.(zip|tar|tar\.gz|tgz)$/i;
/** An archive is not larger than that itself. */
export const MOST_ARCHIVE_BYTES = 20_000_000;
/** Fed to the unpacking in such pieces, so that it stops soon once it is too much. */
const PIECE_BYTES = 16 * 1024;

/**
 * Unpacks an archive.
 *
 * @param name its file's name, which tells what kind it is.
 * @param to a folder that is there, and empty.
 * @throws UnpackError when it is none, holds a path that leads out of it, or is too large.
 * @throws UsageError when this machine cannot hold it: nobody's submission is at fault.
 */
export async function unpack(
  name: string,
  archive: Uint8Array,
  to: string,
  bounds: Bounds,
): Promise<void> {
  const writer = new Writer(to, bounds);
  try {
    if (/\.zip$/i.test(name)) unzip(archive, writer);
    else await untar(archive, /z$/i.test(name), writer);
  } catch (error) {
    if (error instanceof UnpackError || error instanceof UsageError) throw error;
    const [line] = `${error instanceof Error ? error.message : error}`.split("\n");
    throw new UnpackError(`cannot be unpacked: ${line}`);
  }
  if (writer.files === 0) throw new UnpackError("is no archive with a file in it");
}

function unzip(archive: Uint8Array, writer: Writer): void {
  const unzipping = new Unzip((file) => {
    writer.entry(file.name);
    const pieces: Uint8Array[] = [];
    file.ondata = (error, piece, last) => {
      if (error) throw error;
      writer.count(piece.length);
      pieces.push(piece);
      if (last && !file.name.endsWith("/")) writer.write(file.name, pieces);
    };
    file.start();
  });
  unzipping.register(UnzipInflate);
  for (let at = 0; at < archive.length; at += PIECE_BYTES) {
    const piece = archive.subarray(at, at + PIECE_BYTES);
    unzipping.push(piece, at + PIECE_BYTES >= archive.length);
  }
}

async function untar(archive: Uint8Array, zipped: boolean, writer: Writer): Promise<void> {
  const entries = extract();
  const steps = zipped ? [createGunzip()] : [];
  const reading = pipeline([Readable.from(piecesOf(archive)), ...steps, atMost(writer), entries]);
  // What goes wrong there also ends the entries, with the same error.
  reading.catch(() => {});
  for await (const entry of entries) {
    const { name, type } = entry.header;
    writer.entry(name);
    const content: Uint8Array[] = [];
    for await (const piece of entry as AsyncIterable<Uint8Array>) content.push(piece);
    // A link, a pipe or a device is nobody's file.
    if (type === "file" || type === "contiguous-file") writer.write(name, content);
  }
  await reading;
}

/** Counts all that comes out, with the names and the filling: a gigabyte of filling is one too. */
function atMost(writer: Writer): Transform {
  return new Transform({
    transform(piece: Uint8Array, _encoding, done) {
      try {
        writer.count(piece.length);
        done(null, piece);
      } catch (error) {
        done(error as Error);
      }
    },
  });
}

function* piecesOf(archive: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < archive.length; at += PIECE_BYTES) {
    yield archive.subarray(at, at + PIECE_BYTES);
  }
}

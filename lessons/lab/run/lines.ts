/** What a program writes, line by line. */

/** More than that at once is a flood. */
const MUCH_BYTES = 16 * 1024;
/** So long the pipe fills before a flood is read on. Nobody sees it; each time costs more than a line. */
const REST_MS = 5;

/**
 * Reads a stream to its end.
 *
 * @param take gets each line, without its end; a last one without an end too. What it throws ends it.
 */
export async function eachLine(
  stream: ReadableStream<Uint8Array>,
  take: (line: string) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let unfinished = "";
  for await (const bytes of stream) {
    const lines = (unfinished + decoder.decode(bytes, { stream: true })).split("\n");
    unfinished = lines.pop() ?? "";
    for (const line of lines) take(line);
    if (bytes.length > MUCH_BYTES) await new Promise((resolve) => setTimeout(resolve, REST_MS));
  }
  unfinished += decoder.decode();
  if (unfinished !== "") take(unfinished);
}

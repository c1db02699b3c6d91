/** The other thread of `eventfd.ts`: posts a message, which wakes nobody, and then writes. */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { libc } from "../../models/parts/kernel/libc.ts";

self.onmessage = ({ data: eventfd }: MessageEvent<number>) => {
  self.postMessage("hello");
  libc().eventfd_write(eventfd, 1n);
  self.close();
};

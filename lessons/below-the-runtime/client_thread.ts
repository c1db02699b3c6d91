/** The client of `accept.ts`: a thread that connects after 200 ms. */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
self.onmessage = async ({ data: port }: MessageEvent<number>) => {
  await new Promise((resolve) => setTimeout(resolve, 200));
  const conn = await Deno.connect({ hostname: "127.0.0.1", port });
  conn.close();
  self.close();
};

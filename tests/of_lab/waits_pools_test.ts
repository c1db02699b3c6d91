/** For whom a client waited, in stories of the models with pools. */
import { assertEquals } from "@std/assert";
import { waits } from "./made_run.ts";

const POOL = `
    0   client-1 connected 5001
    0   client-2 connected 5002
    0   client-3 connected 5003
    1   main accept 1 from 127.0.0.1:5001
    1   main accept 2 from 127.0.0.1:5002
    1   main accept 3 from 127.0.0.1:5003
    2   main read 1 10 bytes
    2   main read 2 10 bytes
    2   main read 3 10 bytes
    3   main queue 1 SLEEP
    3   main queue 2 SLEEP
    3   main queue 3 SLEEP
    4   worker-1 start 1 SLEEP 300
    4   worker-2 start 2 SLEEP 150
    154 worker-2 finish 2 SLEEP
    155 worker-2 start 3 SLEEP 100
    156 main write 2 5 bytes`;

Deno.test("waits: model 4, in the queue for the request whose worker came free", () => {
  assertEquals(waits(POOL, 3), [
    "client 3 waited 1.0 ms, in the accept queue",
    "client 3 waited 153 ms, read and queued: 150 ms for client 2 on worker-2",
  ]);
});

Deno.test("waits: model 4, a wait that has not ended is for all workers that are busy", () => {
  const [open] = waits(POOL.slice(0, POOL.indexOf("154 worker-2")), 3, 100).slice(1);
  assertEquals(
    open,
    "client 3 has waited 98 ms, read and queued: " +
      "96 ms for client 1 on worker-1, then 96 ms for client 2 on worker-2",
  );
});

Deno.test("waits: model 5, who has not been read yet waits for what its thread does", () => {
  const text = `
    0   io-1 thread-start 0
    0   io-2 thread-start 0
    1   client-1 connected 5001
    1   client-2 connected 5002
    2   main accept 1 from 127.0.0.1:5001
    2   main give 1 to io-1
    3   main accept 2 from 127.0.0.1:5002
    3   main give 2 to io-2
    4   io-1 read 1 10 bytes
    4   io-1 start 1 SLEEP 900
    5   io-2 read 2 10 bytes
    5   io-2 start 2 PING
    6   io-2 finish 2 PING
    6   io-2 write 2 7 bytes
    10  client-3 connected 5003
    11  client-3 send PING
    12  main accept 3 from 127.0.0.1:5003
    12  main give 3 to io-1`;
  assertEquals(waits(text, 3, 100).slice(1), [
    "client 3 has waited 88 ms, sent and unread: 88 ms for client 1 on io-1",
  ]);
});

Deno.test("waits: model 7, for a thread that ends, and then for the start of its own", () => {
  const text = `
    0    client-1 connected 5001
    0    client-2 connected 5002
    0    watch-1 thread-start 0
    1    main accept 1 from 127.0.0.1:5001
    1    main accept 2 from 127.0.0.1:5002
    2    watch-1 read 1 1 byte
    30   event-1 thread-start 0
    31   event-1 read 1 10 bytes
    31   event-1 start 1 SLEEP 900
    40   client-2 send PING
    42   watch-1 read 2 1 byte
    43   main queue 2 all threads are busy
    931  event-1 finish 1 SLEEP
    931  event-1 write 1 5 bytes
    932  event-1 thread-exit 0
    960  event-2 thread-start 0
    961  event-2 read 2 9 bytes
    961  event-2 start 2 PING`;
  assertEquals(
    waits(text, 2).at(-1),
    [
      "client 2 waited 919 ms, read and queued: 889 ms for client 1 on event-1",
      "29 ms for the start of its own thread",
    ].join(", then "),
  );
  assertEquals(
    waits(text.slice(0, text.indexOf("931 ")), 2, 500).at(-1),
    "client 2 has waited 458 ms, read and queued: 458 ms for client 1 on event-1",
  );
});

/** For whom a client waited, in stories of the models with one thread that accepts and works. */
import { assertEquals } from "@std/assert";
import { waits } from "./made_run.ts";

Deno.test("waits: model 1, in the accept queue for an idle client that holds the thread", () => {
  const text = `
    1     main accept 1 from 127.0.0.1:5001
    2     client-1 connect
    2     client-1 connected 5001
    100   client-2 connect
    100   client-2 connected 5002
    101   client-2 send PING
    4000  main read 1 end: the client sends no more
    4001  main close 1
    4002  main accept 2 from 127.0.0.1:5002
    4002  main read 2 10 bytes
    4003  main start 2 PING`;
  assertEquals(waits(text, 2), [
    "client 2 waited 3902 ms, in the accept queue: 3901 ms for client 1, which held main",
    "client 2 waited 1.0 ms, read and queued",
  ]);
  assertEquals(waits(text, 2, 3000), [
    "client 2 has waited 2900 ms, in the accept queue: 2900 ms for client 1, which held main",
  ]);
});

Deno.test("waits: model 1, for each of the clients before, in their order", () => {
  const text = `
    0   client-1 connected 5001
    0   client-2 connected 5002
    0   client-3 connected 5003
    1   main accept 1 from 127.0.0.1:5001
    2   main read 1 10 bytes
    2   main start 1 SLEEP 150
    152 main finish 1 SLEEP
    153 main write 1 5 bytes
    155 main close 1
    155 main accept 2 from 127.0.0.1:5002
    156 main read 2 10 bytes
    156 main start 2 SLEEP 100
    256 main finish 2 SLEEP
    256 main write 2 5 bytes
    257 main close 2
    258 main accept 3 from 127.0.0.1:5003`;
  assertEquals(waits(text, 3), [
    "client 3 waited 258 ms, in the accept queue: " +
    "154 ms for client 1 on main, then 102 ms for client 2 on main",
  ]);
});

Deno.test("waits: model 2, for the start of others' threads and of its own", () => {
  const text = `
    0   client-1 connected 5001
    1   client-2 connected 5002
    1   client-2 send SLEEP 150
    2   main accept 1 from 127.0.0.1:5001
    32  main accept 2 from 127.0.0.1:5002
    50  thread-1 thread-start 0
    52  thread-1 read 1 10 bytes
    80  thread-2 thread-start 0
    81  thread-2 read 2 10 bytes
    82  thread-2 start 2 SLEEP 150`;
  assertEquals(waits(text, 2).slice(0, 2), [
    "client 2 waited 31 ms, in the accept queue: 30 ms for the start of client 1's thread",
    "client 2 waited 49 ms, sent and unread: 48 ms for the start of its own thread",
  ]);
});

Deno.test("waits: model 3, unread and queued behind what the one thread does", () => {
  const text = `
    0   client-1 connected 5001
    0   client-2 connected 5002
    1   main accept 1 from 127.0.0.1:5001
    1   main accept 2 from 127.0.0.1:5002
    2   main read 1 10 bytes
    3   client-2 send SLEEP 70
    3   main start 1 SLEEP 150
    5   client-3 connected 5003
    5   client-3 send PING
    153 main finish 1 SLEEP
    153 main write 1 5 bytes
    154 main accept 3 from 127.0.0.1:5003
    155 main read 2 10 bytes
    155 main read 3 10 bytes
    156 main start 2 SLEEP 70
    226 main finish 2 SLEEP
    226 main write 2 5 bytes
    227 main start 3 PING`;
  assertEquals(
    waits(text, 2)[1],
    "client 2 waited 152 ms, sent and unread: 150 ms for client 1 on main",
  );
  assertEquals(waits(text, 3), [
    "client 3 waited 149 ms, in the accept queue: 148 ms for client 1 on main",
    "client 3 waited 1.0 ms, sent and unread",
    "client 3 waited 72 ms, read and queued: 70 ms for client 2 on main",
  ]);
});

Deno.test("waits: nobody is blamed when the server is just not quicker", () => {
  const text = `
    0   client-1 connected 5001
    9   main accept 1 from 127.0.0.1:5001
    10  client-1 send PING
    15  main read 1 10 bytes
    16  main start 1 PING
    17  main finish 1 PING
    17  main write 1 7 bytes`;
  assertEquals(waits(text, 1), [
    "client 1 waited 9.0 ms, in the accept queue",
    "client 1 waited 5.0 ms, sent and unread",
    "client 1 waited 1.0 ms, read and queued",
  ]);
});

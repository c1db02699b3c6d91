/** Trips: which requests of a connection go to a worker together, and which alone. */
import { assertEquals } from "@std/assert";
import { Business, QUICK } from "../../../models/parts/protocol/business.ts";
import { simpleString } from "../../../models/parts/protocol/protocol.ts";
import { SharedState } from "../../../models/parts/server/shared_state.ts";
import { nextTrip } from "../../../models/parts/threads/trip.ts";
import { newConnection } from "../fakes.ts";

/** The trips of what comes in one packet, each answered before the next: the names in them. */
async function tripsOf(packet: string): Promise<string[]> {
  const { stream, connection } = newConnection();
  stream.give(packet);
  while (connection.received < packet.length) await connection.read();
  const trips: string[] = [];
  for (let trip = nextTrip(connection); trip.length > 0; trip = nextTrip(connection)) {
    trips.push(trip.map(({ name }) => name).join(" "));
    connection.reply({ ...simpleString("OK"), answers: trip.length });
  }
  return trips;
}

Deno.test("trip: quick requests that came together go together", async () => {
  assertEquals(await tripsOf("PING\r\nECHO a\r\n*1\r\n$3\r\nWHO\r\nINFO\r\n"), [
    "PING ECHO WHO INFO",
  ]);
});

Deno.test("trip: what may take long goes alone, and so does what nobody knows", async () => {
  const packet = "PING\nPING\nSLEEP 1\nSLEEP 1\nPING\nFIB 3\nDIE\nPING\nQUIT\nPING\n";
  assertEquals(await tripsOf(packet), [
    "PING PING",
    "SLEEP",
    "SLEEP",
    "PING",
    "FIB",
    "DIE",
    "PING",
    "QUIT",
    "PING",
  ]);
});

Deno.test("trip: one is short, so that others do not wait long behind it", async () => {
  const counts = (await tripsOf("PING\n".repeat(70))).map((trip) => trip.split(" ").length);
  assertEquals(counts, [32, 32, 6]);
  const large = `ECHO ${"x".repeat(10_000)}\n`;
  assertEquals(await tripsOf(large + large + "PING\n" + large), ["ECHO", "ECHO PING", "ECHO"]);
  assertEquals(await tripsOf("PING\nPING a b\nPING\n"), ["PING", "PING", "PING"]);
});

Deno.test("trip: bytes that are no request are told of behind the replies that are due", async () => {
  const { stream, connection } = newConnection();
  stream.give("PING\nPING\n*1\nx");
  await connection.read();
  const trip = nextTrip(connection);
  assertEquals(trip.length, 2);
  assertEquals(connection.ended, false);
  connection.reply({ ...simpleString("PONG PONG"), answers: 2 });
  assertEquals(nextTrip(connection), []);
  assertEquals(connection.ended, true);
  await connection.write();
  assertEquals(stream.written, "+PONG PONG\r\n-ERR Protocol error: expected '$', got 'x'\r\n");
});

Deno.test("trip: whoever reads on instead is told of them too, and waits for no more bytes", async () => {
  const { stream, connection } = newConnection();
  stream.give("PING\n*1\nx");
  await connection.read();
  assertEquals(nextTrip(connection).length, 1);
  connection.reply(simpleString("PONG"));
  assertEquals(await connection.read(), true);
  assertEquals(nextTrip(connection), []);
  assertEquals(connection.ended, true);
  await connection.write();
  assertEquals(stream.written, "+PONG\r\n-ERR Protocol error: expected '$', got 'x'\r\n");
});

Deno.test("trip: what is quick is a command, and none that blocks", () => {
  const { commands } = new Business({ thread: "", model: "", sizes: {} }, new SharedState());
  for (const name of QUICK) assertEquals(commands.has(name), true, name);
  assertEquals([...commands.keys()].filter((name) => !QUICK.has(name)), ["SLEEP", "FIB", "QUIT"]);
});

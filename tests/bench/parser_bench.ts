/** What it takes to find a hundred requests in the bytes that came: `deno task bench`. */
import { RequestParser } from "../../models/parts/protocol/request_parser.ts";
import { asArray, asLine, fromLatin1, type Words } from "../of_parts/protocol/requests.ts";

const REQUESTS = 100;

function bench(name: string, one: string, baseline = false): void {
  const sent = fromLatin1(one.repeat(REQUESTS));
  const parser = new RequestParser();
  Deno.bench({
    name,
    baseline,
    group: `parsing ${REQUESTS} requests`,
    fn() {
      parser.buffer.space().set(sent);
      parser.buffer.filled(sent.length);
      while (parser.next() !== undefined);
    },
  });
}

const PING: Words = ["PING"], ECHO: Words = ["ECHO", "x".repeat(100)];

bench("PING, a line", asLine(PING, "\r\n"), true);
bench("PING, an array", asArray(PING));
bench("ECHO of 100 bytes, a line", asLine(ECHO, "\r\n"));
bench("ECHO of 100 bytes, an array", asArray(ECHO));

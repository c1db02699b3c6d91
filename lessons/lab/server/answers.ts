/** What the lab's server answers with. */
import { ProgressError } from "../../play/progress_lines.ts";
import { ServerFailed } from "../run/server_failed.ts";
import { Refused } from "./orders.ts";

/** Stand on every answer: the page asks this server and nobody else. */
const HEADERS = {
  "content-security-policy":
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** The answer, with what stands on every one. */
export function guarded(response: Response): Response {
  for (const [name, value] of Object.entries(HEADERS)) response.headers.set(name, value);
  return response;
}

/** A text of a type, such as `text/html`. */
export function text(body: string, type: string): Response {
  return new Response(body, { headers: { "content-type": `${type}; charset=utf-8` } });
}

/** What cannot be done is said in a line; a bug is one, and thrown. */
export function answerTo(error: unknown): Response {
  const expected = [Refused, ServerFailed, ProgressError, SyntaxError, RangeError];
  if (!(error instanceof Error) || !expected.some((kind) => error instanceof kind)) throw error;
  return Response.json({ why: error.message }, { status: 400 });
}

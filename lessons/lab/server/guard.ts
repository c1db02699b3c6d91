/**
 * Who may ask the lab's server: the page that it gave out itself, on this machine. Any other page that
 * is open in the browser can send requests here too, so each must name the right host, come from no
 * other page, and, if it does anything, know the token in the page's address.
 */

/** Decides on requests. */
export class Guard {
  /** What the page has to know; new each time. */
  readonly token: string = crypto.randomUUID().replaceAll("-", "");
  readonly #hosts: ReadonlySet<string>;

  /** @param port on which the server listens, on loopback. */
  constructor(port: number) {
    this.#hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  }

  /** A refusal, or undefined when the request may pass. */
  refuse(request: Request, url: URL): Response | undefined {
    const host = request.headers.get("host") ?? "";
    // A name that an attacker's name server points here is no host of ours.
    if (!this.#hosts.has(host)) return refusal(421, "this server answers for this machine only");
    const origin = request.headers.get("origin");
    if (origin !== null && origin !== `http://${host}`) {
      return refusal(403, "another page may not ask here");
    }
    if (!url.pathname.startsWith("/api/")) return undefined;
    const token = request.headers.get("x-token") ?? url.searchParams.get("token");
    return token === this.token ? undefined : refusal(403, "the token is missing or wrong");
  }
}

function refusal(status: number, why: string): Response {
  return new Response(`${why}\n`, { status });
}

/** What the lab's page does, without a browser. */
import { assertEquals } from "@std/assert";
import type { LabEvent } from "../../lessons/lab/lanes/events.ts";
import { unpacked } from "../../lessons/lab/lanes/packed_events.ts";
import { PageServer } from "../../lessons/lab/server/page_server.ts";
import type { SavedRuns } from "../../lessons/lab/server/saved_runs.ts";
import type { SessionState } from "../../lessons/lab/server/session_state.ts";

/** A page, and the lab's server behind it, which ends with it. */
export class Page implements AsyncDisposable {
  readonly server: PageServer;
  readonly #base: string;
  readonly #token: string;

  /** @param command see `PageServer`, and the others too. */
  constructor(command?: string, saved?: SavedRuns, progress?: URL) {
    this.server = new PageServer(0, command, saved, progress);
    [this.#base, this.#token] = this.server.url.split("#");
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.#base + path, { headers });
  }

  ask(
    order: unknown,
    headers: Record<string, string> = {},
    whom: "act" | "games" = "act",
  ): Promise<Response> {
    const all = { "x-token": this.#token, ...headers };
    return fetch(`${this.#base}api/${whom}`, {
      method: "POST",
      headers: all,
      body: JSON.stringify(order),
    });
  }

  /** The text of a file that the page can save. */
  async file(path: string): Promise<string> {
    return await (await this.get(path, { "x-token": this.#token })).text();
  }

  /** Does something that must succeed. */
  async act(order: unknown): Promise<void> {
    const response = await this.ask(order);
    assertEquals([response.status, await response.text()], [200, '{"done":true}']);
  }

  /** Listens until something holds of what was told; then the page is closed. */
  async until(holds: (events: LabEvent[], state: SessionState) => boolean): Promise<LabEvent[]> {
    const { body } = await this.get(`api/events?token=${this.#token}`);
    const events: LabEvent[] = [];
    let state: SessionState | undefined;
    let rest = "";
    for await (const text of body!.pipeThrough(new TextDecoderStream())) {
      const messages = (rest + text).split("\n\n");
      rest = messages.pop() ?? "";
      for (const message of messages) {
        const [, name, data] = /^event: (\w+)\ndata: (.*)$/s.exec(message) ?? [];
        if (name === "events" || name === "part") events.push(...unpacked(JSON.parse(data)));
        if (name === "state") state = JSON.parse(data);
        if (state !== undefined && holds(events, state)) return events;
      }
    }
    throw new Error("the stream ended");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.ready();
    await this.server.stop();
  }
}

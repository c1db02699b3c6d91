/**
 * The lab's server, on loopback: it gives out the page, tells it what happens, and does what the page
 * asks for. When the last page is closed, what it started ends.
 */
import { lessonOf, LESSONS } from "../../catalogue.ts";
import { SIZES } from "../../../models/parts/sizes.ts";
import { PROGRESS_FILE } from "../../play/progress_file.ts";
import { runFileText } from "../save/run_file.ts";
import { act } from "./act.ts";
import { answerTo, guarded, text } from "./answers.ts";
import { bundlePage, pageFile } from "./bundle.ts";
import { eventStream } from "./event_stream.ts";
import { Games } from "./games.ts";
import { Guard } from "./guard.ts";
import { lessonPage } from "./lesson_page.ts";
import { Refused } from "./orders.ts";
import type { SavedRuns } from "./saved_runs.ts";
import { Races } from "./races.ts";
import { FaultSession } from "./fault_session.ts";

/** A page that is loaded again is gone for a moment. */
const LAST_PAGE_MS = 3000;

/** The lab's server. */
export class PageServer {
  readonly session: FaultSession;
  readonly #games: Games;
  readonly #races = new Races();
  readonly #script: Promise<string>;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #guard: Guard;
  readonly #ending = new AbortController();
  #pages = 0;
  #lastPage: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param port 0: any free one. Throws what `Deno.serve` throws.
   * @param command a server in any language.
   * @param saved runs that can be shown.
   * @param progress where it is remembered what was played; default: the student's file.
   */
  constructor(port: number, command?: string, saved?: SavedRuns, progress = PROGRESS_FILE) {
    this.session = new FaultSession(command, saved, progress);
    this.#games = new Games(this.session, progress);
    this.#script = bundlePage();
    this.#server = Deno.serve({
      hostname: "127.0.0.1",
      port,
      onListen: () => {},
      onError: (error) => answerTo(error),
    }, (request) => this.#answer(request));
    this.#guard = new Guard(this.#server.addr.port);
  }

  /** Where the page is; the token in it lets whoever has it do things. */
  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}/#${this.#guard.token}`;
  }

  /** Where a lecture is; the same token is in it. */
  get lectureUrl(): string {
    return this.url.replace("/#", "/present#");
  }

  /** Settles when the page's script is there. Throws when it cannot be made. */
  async ready(): Promise<void> {
    await this.#script;
  }

  /** Ends everything. */
  async stop(): Promise<void> {
    clearTimeout(this.#lastPage);
    this.#ending.abort();
    await Promise.all([this.session.stop(), this.#races.stop()]);
    await this.#server.shutdown();
  }

  async #answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const refusal = this.#guard.refuse(request, url);
    if (refusal !== undefined) return refusal;
    return guarded(await this.#route(request.method, url, request));
  }

  async #route(method: string, url: URL, request: Request): Promise<Response> {
    const [, what, number] = /^\/api\/(lessons|games)\/(\d)$/.exec(url.pathname) ?? [];
    switch (`${method} ${what ?? url.pathname}`) {
      case "GET /":
      case "GET /present":
      case "GET /notes":
        return text(await pageFile("index.html"), "text/html");
      case "GET /page.js":
        return text(await this.#script, "text/javascript");
      case "GET /style.css":
        return text(await pageFile("style.css") + await pageFile("lecture.css"), "text/css");
      case "GET /api/lessons":
        return Response.json({ lessons: LESSONS, sizes: SIZES });
      case "GET lessons":
        return Response.json(await lessonPage(lessonOf(Number(number))));
      case "GET games":
        return Response.json(await this.#games.page(Number(number)));
      case "GET /api/events":
        return this.#events();
      case "GET /api/run.json":
        return this.#run();
      case "POST /api/act":
        await act(this.session, await request.json());
        return Response.json({ done: true });
      case "POST /api/games":
        return Response.json(await this.#games.act(await request.json()));
      case "POST /api/race":
        return await this.#race(await request.json());
      default:
        return new Response("there is no such thing here\n", { status: 404 });
    }
  }

  /** The run as a file, to be kept. */
  #run(): Response {
    const { happened } = this.session;
    if (happened === undefined) throw new Refused("there is no run yet");
    const response = text(runFileText(happened), "application/json");
    response.headers.set("content-disposition", `attachment; filename="run.json"`);
    return response;
  }

  /** Other servers would take cores from those that race. */
  async #race(order: Record<string, unknown>): Promise<Response> {
    await this.session.stop();
    return this.#races.stream(order, this.session.given.command);
  }

  #events(): Response {
    this.#pages++;
    clearTimeout(this.#lastPage);
    return eventStream(this.session, this.#ending.signal, () => {
      if (--this.#pages > 0 || this.#ending.signal.aborted) return;
      this.#lastPage = setTimeout(() => this.session.stop(), LAST_PAGE_MS);
    });
  }
}

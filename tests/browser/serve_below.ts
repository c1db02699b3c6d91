/** A host for static files, such as a page may be put on. */

const TYPES = { html: "text/html", css: "text/css", js: "text/javascript", svg: "image/svg+xml" };

/** Serves the files of a folder below a path, such as `/a/sub-path/`, and nothing else. */
export function serveBelow(path: string, folder: string): Deno.HttpServer<Deno.NetAddr> {
  const options = { hostname: "127.0.0.1", port: 0, onListen() {} };
  return Deno.serve(options, async ({ url }) => {
    const { pathname } = new URL(url);
    const [, name, type] = /^([\w-]+\.(\w+))$/.exec(pathname.slice(path.length)) ?? [];
    if (!pathname.startsWith(path) || name === undefined) {
      return new Response(null, { status: 404 });
    }
    const headers = { "content-type": TYPES[type as keyof typeof TYPES] };
    return new Response(await Deno.readFile(`${folder}/${name}`), { headers });
  });
}

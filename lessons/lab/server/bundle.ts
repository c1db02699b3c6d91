/** The page's scripts, made by `deno bundle` when they are needed: nothing generated lies in the project. */

const PAGE = new URL("../page/", import.meta.url);

/**
 * Makes the script that begins with a file of the page. Throws Error with what the bundler says.
 *
 * @param format `iife`: a script that a page can have from a folder, where modules are not allowed.
 */
export async function bundleScript(file: string, format: "esm" | "iife"): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["bundle", "--platform", "browser", "--format", format, "--minify"],
      new URL(file, PAGE).href,
    ],
    stdin: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

let made: Promise<string> | undefined;

/** The lab's script, made once. Throws Error with what the bundler says. */
export function bundlePage(): Promise<string> {
  return made ??= bundleScript("main.tsx", "esm");
}

/** A file of the page. */
export function pageFile(
  name: "index.html" | "style.css" | "book.css" | "lecture.css",
): Promise<string> {
  return Deno.readTextFile(new URL(name, PAGE));
}

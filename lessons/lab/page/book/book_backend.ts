/** The games of a book: what was recorded settles, and the browser remembers, if it may. */
import type { Asked } from "../../../play/asked.ts";
import { usable } from "../../../play/progress_lines.ts";
import { withAnswer } from "../../../play/score.ts";
import type { Backend, Measured } from "../play/games.ts";

/** The lines are those of `.progress`. */
const KEY = "connfd progress";

/** What was answered, where the browser keeps nothing: until the page is left. */
let unkept = "";

/** Some browsers refuse a page from a folder, or one that may not keep anything. */
function kept(): string {
  try {
    return localStorage.getItem(KEY) ?? unkept;
  } catch {
    return unkept;
  }
}

function keep(text: string): void {
  unkept = text;
  try {
    localStorage.setItem(KEY, text);
  } catch {
    // Until the page is left it is known all the same.
  }
}

/**
 * The games of one page.
 *
 * @param asked what is asked on its lesson.
 * @param show shows the run in which a prediction was settled, and returns what it came out as.
 */
export function bookBackend(asked: Asked, show: (id: string) => Measured | undefined): Backend {
  return {
    live: false,
    open: () => Promise.resolve({ ...asked, progress: kept() }),
    measure: (_, id) => Promise.resolve(show(id)),
    record(answer) {
      const text = withAnswer(usable(kept()), answer);
      keep(text);
      return Promise.resolve(text);
    },
  };
}

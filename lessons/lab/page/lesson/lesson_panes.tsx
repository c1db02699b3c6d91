/** The lesson's text, and its model's source with the marks that are passed. */
import { computed } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { current, lesson, untilUs } from "../state/lab.ts";
import { isLive } from "../picture/picture.tsx";
import { marksAt } from "../picture/picture_state.ts";
import { live, playing } from "../state/time.ts";

const marks = computed(() =>
  isLive.value
    ? marksAt(current.value.lanes, untilUs.value, live.value || playing.value)
    : new Set()
);

/** A mark is about so many lines at most. */
const LINES_OF_MARK = 5;
/** Above the first mark, when a source is shown. */
const MARGIN_PX = 40;

/** The model's source, with its five marks. */
export function Source() {
  const { file = "", source = [] } = lesson.value ?? {};
  const element = useRef<HTMLPreElement>(null);
  useEffect(() => {
    const first = element.current?.querySelector<HTMLElement>("[data-mark]");
    if (element.current && first) element.current.scrollTop = first.offsetTop - MARGIN_PX;
  }, [file]);
  return (
    <section aria-labelledby="source">
      <h2 id="source">{file}</h2>
      <pre ref={element} class="source scrolls" tabIndex={0} aria-label={`the source of ${file}`}>
        {source.map(({ html, mark }, at) => (
          <span
            key={at}
            class={`line ${mark === undefined ? "" : "marked"} ${isLit(source, at) ? "lit" : ""}`}
            data-mark={mark}
            dangerouslySetInnerHTML={{ __html: html || " " }}
          />
        ))}
      </pre>
    </section>
  );
}

/** A mark that is passed lights its line, and the comment and code under it. */
function isLit(source: readonly { readonly mark?: number; readonly html: string }[], at: number) {
  for (let n = at; n >= 0 && at - n < LINES_OF_MARK; n--) {
    const mark = source[n].mark;
    if (mark !== undefined) return marks.value.has(mark);
    if (/^[\s})\];,]*$/.test(source[n].html)) return false;
  }
  return false;
}

/** The lesson's text. */
export function LessonText() {
  return (
    <section class="wide" aria-label="the lesson's text">
      <div
        class="text scrolls"
        tabIndex={0}
        dangerouslySetInnerHTML={{ __html: lesson.value?.html ?? "" }}
      />
    </section>
  );
}

/** A lecture: a slide at a time, large, and nothing to click. */
import { LanesCanvas } from "../lanes/lanes_canvas.tsx";
import { Legend } from "../lanes/legend.tsx";
import { lesson, session, trouble } from "../state/lab.ts";
import { notesShown } from "./keys.ts";
import { claim, notes, over, played } from "./slides.ts";
import { NotesText } from "./speakers_notes.tsx";

/** 12 pixels become 29. */
const SCALE = 2.4;

/** The slide. */
export function Lecture() {
  return (
    <main class="lecture">
      <Slide />
      {notesShown.value && <NotesText notes={notes.value} />}
      <p class="trouble" role="alert">{trouble}</p>
    </main>
  );
}

function Slide() {
  const shown = lesson.value;
  if (shown === undefined) return null;
  if (over.value) return <h1>The end</h1>;
  if (claim.value !== undefined) return <SceneSlide />;
  return (
    <>
      <h1 class="away">Lesson {shown.number}: {shown.title}</h1>
      <div class="whole" dangerouslySetInnerHTML={{ __html: shown.diagram }} />
    </>
  );
}

function SceneSlide() {
  const { claim: id, sentence } = claim.value ?? {};
  return (
    <>
      <h1>
        <span>{id}</span> {sentence}
      </h1>
      <LanesCanvas scale={SCALE} />
      <Legend />
      <p class="seen" role="status">{played.value ? session.value.words : ""}</p>
    </>
  );
}

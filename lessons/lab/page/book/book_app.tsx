/** A page of the book, above its text: which scene, the lanes, and the picture beside the source. */
import { ClientStory } from "../lanes/client_story.tsx";
import { LanesCanvas } from "../lanes/lanes_canvas.tsx";
import { LanesTable } from "../lanes/lanes_table.tsx";
import { Legend } from "../lanes/legend.tsx";
import { TimeBar } from "../lanes/time_bar.tsx";
import { Source } from "../lesson/lesson_panes.tsx";
import { Picture } from "../picture/picture.tsx";
import { Predict } from "../predict/predict.tsx";
import { Quiz } from "../quiz/quiz.tsx";
import { lesson, session } from "../state/lab.ts";
import { scenes, shown, showScene } from "./book_data.ts";

/** All of it. */
export function BookApp() {
  return (
    <>
      <section class="wide" aria-labelledby="scenes">
        <h2 id="scenes">Scenes that were recorded</h2>
        <Scenes />
      </section>
      <section class="wide" aria-labelledby="play">
        <h2 id="play">Play it</h2>
        <Predict />
        <Quiz />
      </section>
      <section class="lanes" aria-labelledby="lanes">
        <h2 id="lanes">What happens</h2>
        <TimeBar recorded />
        <LanesCanvas />
        <Legend />
        <ClientStory />
        <LanesTable />
      </section>
      <div class="beside">
        <Picture />
        <Source />
      </div>
    </>
  );
}

function Scenes() {
  const sentence = lesson.value?.claims.find(({ claim }) => claim === shown.value)?.sentence;
  return (
    <>
      <div class="controls" role="group" aria-label="scenes">
        {scenes.value.map((scene) => (
          <button
            key={scene.claim}
            type="button"
            aria-pressed={scene.claim === shown.value}
            onClick={() => showScene(scene)}
          >
            {scene.claim}
          </button>
        ))}
      </div>
      <p>
        <strong>{shown}</strong> {sentence}
      </p>
      <p role="status">{session.value.words}</p>
    </>
  );
}

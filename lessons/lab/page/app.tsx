/** The whole page: what there is to drive, the lanes, and the lesson beside its picture and source. */
import { Controls } from "./drive/controls.tsx";
import { FaultPanel } from "./fault/fault_panel.tsx";
import { lesson, lessons, session, trouble } from "./state/lab.ts";
import { LanesCanvas } from "./lanes/lanes_canvas.tsx";
import { ClientStory } from "./lanes/client_story.tsx";
import { Legend } from "./lanes/legend.tsx";
import { LoadChart } from "./lanes/load_chart.tsx";
import { LanesTable } from "./lanes/lanes_table.tsx";
import { LessonText, Source } from "./lesson/lesson_panes.tsx";
import { Picture } from "./picture/picture.tsx";
import { Predict } from "./predict/predict.tsx";
import { ProofPanel } from "./drive/proof.tsx";
import { Quiz } from "./quiz/quiz.tsx";
import { Race } from "./race/race.tsx";
import { openLesson } from "./state/server.ts";
import { TimeBar } from "./lanes/time_bar.tsx";

/** The page. */
export function App() {
  return (
    <>
      <header>
        <h1>connfd lab</h1>
        <label>
          Lesson{" "}
          <select
            value={lesson.value?.number}
            onChange={(event) => openLesson(Number(event.currentTarget.value))}
          >
            {lessons.value.map(({ number, name }) => (
              <option key={number} value={number}>{number} {name}</option>
            ))}
          </select>
        </label>
        <span role="status">{statusText()}</span>
        <span class="trouble" role="alert">{trouble}</span>
      </header>
      <main>
        <section class="wide" aria-labelledby="drive">
          <h2 id="drive">Drive it</h2>
          <Controls />
          <ProofPanel />
        </section>
        <PlayIt />
        <FaultPanel />
        <WhatHappens />
        <div class="beside">
          <Picture />
          <Source />
        </div>
        <LessonText />
      </main>
    </>
  );
}

function PlayIt() {
  return (
    <section class="wide" aria-labelledby="play">
      <h2 id="play">Play it</h2>
      <Predict />
      <Quiz />
      <Race />
    </section>
  );
}

function WhatHappens() {
  return (
    <section class="lanes" aria-labelledby="lanes">
      <h2 id="lanes">What happens</h2>
      <TimeBar />
      <LanesCanvas />
      <Legend />
      <ClientStory />
      <LoadChart />
      <LanesTable />
    </section>
  );
}

function statusText(): string {
  const { run, running, lesson: number, title, words, proof } = session.value;
  if (run === 0) return "no server was started yet";
  const what = title === "" ? `lesson ${number}'s server` : title;
  const stands = running ? `${what} runs` : title === "" || words !== "" ? "no server runs" : title;
  return `${proof === undefined || title !== "" ? stands : `claim ${proof.claim}`}${
    words && `: ${words}`
  }`;
}

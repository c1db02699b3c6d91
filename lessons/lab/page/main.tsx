/** The page's beginning: the lab, a lecture in it, or the speaker's notes to that. */
import { render } from "preact";
import { App } from "./app.tsx";
import { openLecture } from "./lecture/keys.ts";
import { Lecture } from "./lecture/lecture.tsx";
import { SpeakersNotes } from "./lecture/speakers_notes.tsx";
import { openGames } from "./play/games.ts";
import { LAB } from "./play/lab_backend.ts";
import { lesson } from "./state/lab.ts";
import { connectToLab, openLesson } from "./state/server.ts";

// What stands there until this script has come.
document.body.replaceChildren();
const [name] = location.pathname.split("/").slice(-1);
if (name === "notes") {
  render(<SpeakersNotes />, document.body);
} else if (name === "present") {
  render(<Lecture />, document.body);
  await connectToLab();
  await openLecture();
} else {
  openGames(LAB);
  render(<App />, document.body);
  await connectToLab();
  // What is shown from a file may have brought its own.
  if (lesson.value === undefined) await openLesson(1);
}

/** The notes for the speaker, in a window of their own, which hears from the lecture's. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Notes } from "./slides.ts";

/** Windows of one lab hear each other, and nobody else does. */
const CHANNEL = "connfd lecture";

/** Tells the notes to windows that are open, and to those that are opened later. */
export function tellNotes(notes: ReadonlySignal<Notes>): void {
  const channel = new BroadcastChannel(CHANNEL);
  const tell = () => channel.postMessage({ notes: notes.peek() });
  channel.addEventListener("message", tell);
  effect(() => {
    void notes.value;
    tell();
  });
}

const heard = signal<Notes | undefined>(undefined);

/** The window with the notes. */
export function SpeakersNotes() {
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.addEventListener("message", ({ data }) => heard.value = data.notes);
    channel.postMessage({ asks: true });
    return () => channel.close();
  }, []);
  return (
    <main class="speaker">
      {heard.value ? <NotesText notes={heard.value} /> : <p>No lecture is open.</p>}
    </main>
  );
}

/** The notes. */
export function NotesText({ notes: { title, notes, seen, next } }: { notes: Notes }) {
  return (
    <section class="notes" aria-label="notes for the speaker">
      <h2>{title}</h2>
      <p>{notes}</p>
      {seen !== "" && <p>To be seen: {seen}</p>}
      {next !== "" && <p>Next: {next}</p>}
    </section>
  );
}

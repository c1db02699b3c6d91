/** The beginning of a page of the book: its lesson and its runs, or its races, lie in the page itself. */
import { render } from "preact";
import { BookApp } from "./book/book_app.tsx";
import { openBook } from "./book/book_data.ts";
import { BookRaces } from "./book/book_races.tsx";

document.documentElement.classList.add("js");
const [place, data] = ["see", "data"].map((id) => document.getElementById(id));
if (place && data) {
  const { races, ...rest } = JSON.parse(data.textContent ?? "");
  if (races === undefined) openBook(rest);
  render(races === undefined ? <BookApp /> : <BookRaces races={races} />, place);
}

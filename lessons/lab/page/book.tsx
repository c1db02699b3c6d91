/** The beginning of a page of the book: its lesson and its runs lie in the page itself. */
import { render } from "preact";
import { BookApp } from "./book/book_app.tsx";
import { openBook } from "./book/book_data.ts";

document.documentElement.classList.add("js");
const [place, data] = ["see", "data"].map((id) => document.getElementById(id));
if (place && data) {
  openBook(JSON.parse(data.textContent ?? ""));
  render(<BookApp />, place);
}

/** A program: writes the book into a FOLDER, with the scenes and the races of lesson 3 alone. */
import { lessonOf } from "../../lessons/catalogue.ts";
import { writeBook } from "../../lessons/lab/book/write_book.ts";

await writeBook({ folder: Deno.args[0], lessons: [lessonOf(3)] });

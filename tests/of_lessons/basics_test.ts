/** The small programs of lessons/README.md print what the text says they print. */
import { testSmallPrograms } from "./small_programs.ts";

await testSmallPrograms("lessons/README.md", "lessons/basics/");

/** Waits at the top of its module for something that never comes. */
import { idle } from "./kit.ts";

await idle().finished;

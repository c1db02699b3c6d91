/** Writes to a disk without a permission: SQLite's temporary files have no name, and are nobody's. */
import { DatabaseSync } from "node:sqlite";
import { type Options, serveEach } from "./kit.ts";

const MIB = 2 ** 20, MOST_MIB = 400;

export const serve = (options: Options) =>
  serveEach(options, async () => {
    const database = new DatabaseSync(":memory:");
    database.exec("pragma temp_store = 1; pragma cache_size = 10; create temp table kept(bytes)");
    for (let i = 0; i < MOST_MIB; i++) {
      database.exec(`insert into kept values (randomblob(${MIB}))`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });

/**
 * Who is in the class, from a table: of one's own, with a column `student`; or as it comes out of a
 * gradebook. Canvas's export has `ID`, and `Student` or `LastName` and `FirstName`, as an account may
 * have it. Moodle's grading worksheet has `Identifier`, and `Full name` unless it is marked blind.
 */
import { UsageError } from "../../../lessons/tools/flags.ts";
import { gradebookId } from "../submission/download_names.ts";
import { type CsvRow, type CsvTable, readCsv } from "./csv.ts";

/** One in the class. */
export interface Member {
  readonly name: string;
  /** The number that a gradebook has for them; empty when there is none. */
  readonly id: string;
  /** Other names by which a submission may be known. */
  readonly others: readonly string[];
  readonly row: CsvRow;
}

/** A class list. */
export interface Roster {
  readonly kind: "own" | "canvas" | "moodle";
  readonly table: CsvTable;
  readonly members: readonly Member[];
}

/** @throws UsageError when it cannot be read, or is no such table. */
export function readRoster(path: string): Roster {
  const table = readCsv(path, "roster");
  const { columns } = table;
  const has = (...names: string[]) => names.every((name) => columns.includes(name));
  if (has("Identifier", "Grade") || has("Identifier", "Full name")) {
    return { kind: "moodle", table, members: table.rows.map(moodleMember) };
  }
  if (has("Student", "ID") || has("LastName", "FirstName", "ID")) {
    const rows = table.rows.map(withStudent).filter(isStudent);
    return { kind: "canvas", table, members: rows.map(canvasMember) };
  }
  if (!has("student")) {
    const known = "student; Student and ID (Canvas); Identifier and Grade (Moodle)";
    throw new UsageError(`--roster: ${path} has none of these columns: ${known}`);
  }
  const own = (row: CsvRow) => ({ name: row.student, id: "", others: [], row });
  return { kind: "own", table, members: table.rows.map(own) };
}

/** The name in one, as Canvas imports it. */
function withStudent(row: CsvRow): CsvRow {
  return "Student" in row ? row : { ...row, Student: `${row.LastName}, ${row.FirstName}` };
}

/** Canvas has rows for the points, for how marks are posted, and for a student who tests. */
function isStudent({ Student, ID }: CsvRow): boolean {
  return !/^(\s*Points Possible(, )?|Student, Test)$/.test(Student) &&
    (ID !== "" || !/^(, )?$/.test(Student));
}

function canvasMember(row: CsvRow): Member {
  const logins = [row["SIS Login ID"], row["SIS User ID"]].filter((one) => one);
  const [last, first] = row.Student.split(/,\s*/);
  // A download is named by the sortable name, without what is no letter.
  const joined = row.Student.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const spoken = first === undefined ? [] : [`${first} ${last}`];
  return { name: row.Student, id: row.ID, others: [...logins, joined, ...spoken], row };
}

function moodleMember(row: CsvRow): Member {
  const id = /(\d+)$/.exec(row.Identifier)?.[1] ?? "";
  const email = row["Email address"];
  return { name: row["Full name"] ?? row.Identifier, id, others: email ? [email] : [], row };
}

/** Whose submission it is: by the gradebook's number, or else by the name alone. */
export class Members {
  readonly #byId = new Map<string, Member>();
  readonly #byName = new Map<string, Member | undefined>();

  constructor(readonly members: readonly Member[]) {
    for (const member of members) {
      if (member.id !== "") this.#byId.set(member.id, member);
      for (const name of new Set([member.name, ...member.others].map(plainName))) {
        // Two of one name: nobody is known by it.
        this.#byName.set(name, this.#byName.has(name) ? undefined : member);
      }
    }
  }

  /** @returns undefined when it is nobody's, or might be two's. */
  find(student: string): Member | undefined {
    const id = gradebookId(student);
    const byId = id === undefined ? undefined : this.#byId.get(id);
    const exact = byId ?? this.#byName.get(plainName(student));
    if (exact !== undefined) return exact;
    const named = this.#byName.get(plainName(student.replace(/_\d+$/, "")));
    // With another number it is somebody else of the same name.
    return named === undefined || named.id === "" || id === undefined ? named : undefined;
  }
}

/** The same name, however it is written. */
export function plainName(name: string): string {
  return name.normalize("NFC").trim().replace(/\s+/g, " ").toLowerCase();
}

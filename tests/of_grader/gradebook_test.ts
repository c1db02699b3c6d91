/** What a gradebook gives and takes: names of downloads, class lists, files that it imports. */
import { assertEquals, assertMatch } from "@std/assert";
import { canvasCsv, moodleCsv } from "../grader/class/gradebook.ts";
import { summaryCsv } from "../grader/report/summary.ts";
import { submissionsIn } from "../grader/submission/submissions_folder.ts";
import { lines, tableOf } from "./class_table_kit.ts";
import { withFiles } from "./grader_program.ts";

Deno.test("downloads of Canvas and Moodle: one student each, the last file counts, and it is said", async () => {
  const names = [
    "liwei_123_456_exercise.ts",
    "liwei_LATE_123_460_exercise-1.ts",
    "liwei_LATE_123_461_notes.ts",
    // Another one of the same name.
    "liwei_124_457_work.zip",
    "Li Wei_12345_assignsubmission_file/exercise.ts",
    "Li Wei_12345_assignsubmission_onlinetext/onlinetext.html",
    "Ann O'Neil_12346_assignsubmission_file_exercise.ts",
    "Jörg_12347_assignsubmission_file_/a.ts",
    "plain.ts",
    "anon_7aZb2_456_exercise.ts",
    "LATE_anon_7aZb2_470_exercise-1.ts",
  ];
  await withFiles(Object.fromEntries(names.map((name) => [name, ""])), (folder) => {
    const { submissions, ignored } = submissionsIn(folder, 3);
    assertEquals(
      submissions.map(({ student, path, note }) =>
        [student, path.slice(folder.length + 1), note].join(" | ")
      ),
      [
        "Ann O'Neil_12346 | Ann O'Neil_12346_assignsubmission_file_exercise.ts | ",
        "Jörg_12347 | Jörg_12347_assignsubmission_file_ | ",
        "Li Wei_12345 | Li Wei_12345_assignsubmission_file | ",
        "anon_7aZb2 | LATE_anon_7aZb2_470_exercise-1.ts | " +
        "of 2 files LATE_anon_7aZb2_470_exercise-1.ts counts; late, says Canvas",
        "liwei_123 | liwei_LATE_123_460_exercise-1.ts | " +
        "of 3 files liwei_LATE_123_460_exercise-1.ts counts; late, says Canvas",
        "liwei_124 | liwei_124_457_work.zip | ",
        "plain | plain.ts | ",
      ],
    );
    assertEquals(ignored, ["Li Wei_12345_assignsubmission_onlinetext"]);
    return Promise.resolve();
  });
});

const CANVAS = "Student,ID,SIS User ID,SIS Login ID,Section,Lesson 3 (77)\r\n" +
  "    Points Possible,,,,,10\r\n" +
  '"Wei, Li",123,u1,lwei,A,\r\n"Doe, Jane",124,u2,jdoe,A,\r\n"Ill, Ivo",125,u3,iill,B,\r\n';

Deno.test("canvas.csv: the columns that Canvas wants; who handed in nothing has an empty field", async () => {
  const flags = { roster: "class.csv", canvas: "Lesson 3 (77)" };
  await tableOf(
    ["liwei_123", "jdoe"],
    { "class.csv": "\uFEFF" + CANVAS },
    flags,
    (table, options) => {
      assertEquals(lines(canvasCsv(table, options.canvas ?? "")), [
        "Student,ID,SIS User ID,SIS Login ID,Section,Lesson 3 (77)",
        "    Points Possible,,,,,8",
        '"Wei, Li",123,u1,lwei,A,3',
        '"Doe, Jane",124,u2,jdoe,A,3',
        '"Ill, Ivo",125,u3,iill,B,',
      ]);
      const rows = lines(summaryCsv(table.rows));
      assertMatch(rows.at(-1) ?? "", /^"Ill, Ivo",0,8,.*,nothing handed in$/);
      assertEquals(table.strangers, []);
    },
  );
});

Deno.test("a class list may have semicolons, first and last names apart, and Canvas's other rows", async () => {
  const sheet = "LastName;FirstName;ID;SIS Login ID;Section;Lesson 3 (77)\r\n" +
    ";;;;;Manual Posting\r\n    Points Possible;;;;;10,00\r\n" +
    "Wei;Li;123;lwei;A;\r\nDoe;Jane;124;jdoe;A;3,50\r\nStudent;Test;9;;A;\r\n";
  const flags = { roster: "class.csv", canvas: "Lesson 3 (77)" };
  await tableOf(["liwei_123", "jdoe"], { "class.csv": sheet }, flags, (table) => {
    assertEquals(lines(canvasCsv(table, "Lesson 3 (77)")).slice(2), [
      '"Wei, Li",123,,lwei,A,3',
      '"Doe, Jane",124,,jdoe,A,3',
    ]);
    assertEquals([table.rows.length, table.strangers], [2, []]);
  });
});

Deno.test("moodle.csv of a worksheet that is marked blind has no names", async () => {
  const head = "Identifier,Status,Grade,Maximum grade,Last modified (grade),Feedback comments";
  const files = { "sheet.csv": `${head}\nParticipant 12345,Submitted,,8.00,-,\n` };
  await tableOf(
    ["Participant_12345"],
    files,
    { roster: "sheet.csv", moodle: true },
    (table, to) => {
      assertMatch(lines(moodleCsv(table, to.roster))[1], /^Participant 12345,Submitted,3,8\.00,-,/);
      assertEquals(table.strangers, []);
    },
  );
});

Deno.test("a class list: another number is another student; who is there twice is said", async () => {
  const students = ["Li Wei_77", "jdoe", "janedoe_124", "liwei_123"];
  await tableOf(students, { "class.csv": CANVAS }, { roster: "class.csv" }, (table) => {
    assertEquals([table.strangers, table.twice], [["Li Wei_77"], ["janedoe_124"]]);
  });
});

Deno.test("canvas.csv without a class list has what the names say", async () => {
  await tableOf(["liwei_123"], {}, { canvas: "L3" }, (table) => {
    assertEquals(lines(canvasCsv(table, "L3")).at(-1), "liwei,123,,,,3");
  });
});

Deno.test("moodle.csv: the worksheet with marks and comments, its other columns as they were", async () => {
  const head = "Identifier,Full name,Email address,Status,Grade,Maximum Grade," +
    "Last modified (submission),Last modified (grade),Feedback comments";
  const rows = ["Participant 12345,Li Wei,lw@x.org,Submitted,,8.00,Monday,-,"];
  rows.push("Participant 12346,Ann Lee,al@x.org,No submission,,8.00,-,-,");
  const files = { "sheet.csv": [head, ...rows].join("\n") };
  const flags = { roster: "sheet.csv", moodle: true } as const;
  await tableOf(["Li Wei_12345", "Eve_99"], files, flags, (table, { roster }) => {
    assertEquals(lines(moodleCsv(table, roster)).slice(0, 2), [
      head,
      "Participant 12345,Li Wei,lw@x.org,Submitted,3,8.00,Monday,-," +
      '"3 of 8 points; without points: 3.C1, 3.C2, 3.H1"',
    ]);
    assertMatch(moodleCsv(table, roster), /^Participant 12346,.+,No submission,,8\.00,-,-,\r$/m);
    assertEquals(table.strangers, ["Eve_99"]);
  });
});

Deno.test("a class list of one's own: names in any writing; two of one name are nobody", async () => {
  const files = { "class.csv": "student,group\nJos\u00e9  Paz,1\nann,1\nbob,2\nBOB,3\n" };
  const students = ["Jose\u0301 paz", "ann", "bob"];
  await tableOf(students, files, { roster: "class.csv" }, (table) => {
    assertEquals(table.strangers, ["bob"]);
    const absent = table.rows.filter((row) => row.result === undefined);
    assertEquals(absent.map(({ student }) => student), ["bob", "BOB"]);
  });
});

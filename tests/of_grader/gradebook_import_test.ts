/**
 * The files for a gradebook, read as Canvas and Moodle read them: by Ruby's CSV with the separator that
 * Canvas guesses, and by PHP's `fgetcsv` as Moodle calls it.
 */
import { assert, assertEquals } from "@std/assert";
import { canvasCsv, moodleCsv } from "../grader/class/gradebook.ts";
import { classTable } from "../grader/class/class_rows.ts";
import { classOptions } from "../grader/class/class_options.ts";
import { resultOf } from "./class_table_kit.ts";
import { hasProgram, withFiles } from "./grader_program.ts";

/** The first has a line end, so that the guess from three lines is put to the test. */
const STUDENTS = [
  "!two\nlines_1",
  "a;b;c;d;e;f;g;h_2",
  'say "hi"_3',
  "=cmd()_4",
  "back\\_5",
  "李伟_6",
]
  .concat("O'Neil, Ann_7");
/** What a submission may have the grader quote, in the field for comments. */
const ERROR = 'there is no exercise.ts; there is say \\"hi\\".txt, back\\slash\\';

const AS_CANVAS = `
require "csv"; require "json"
path = ARGV[0]
first = File.open(path) { |file| file.each_line.first(3) }
count = lambda do |separator|
  sizes = first.map { |line| CSV.parse_line(line, col_sep: separator)&.size || 0 }
  sizes.uniq.size == 1 ? sizes[0] : 0
rescue CSV::MalformedCSVError
  0
end
separator = count.(";") > count.(",") ? ";" : ","
rows = []
CSV.foreach(path, col_sep: separator, skip_lines: /^[;, ]+$/, encoding: "UTF-8") { |row| rows << row }
puts JSON.generate(rows)`;
const AS_MOODLE = `
$file = fopen("php://temp", "w+");
fwrite($file, trim(preg_replace('!\\r\\n?!', "\\n", substr(file_get_contents($argv[1]), 3))));
rewind($file);
$rows = [];
while ($row = fgetcsv($file, 0, ",", '"', "\\\\")) $rows[] = $row;
echo json_encode($rows);`;

/** The rows of a file, read by another program. */
async function rowsOf(program: string, args: string[], text: string): Promise<string[][]> {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, text);
    const env = { LANG: "C.UTF-8" };
    const { stdout, stderr } = await new Deno.Command(program, { args: [...args, path], env })
      .output();
    const said = new TextDecoder().decode(stdout);
    assert(said !== "", new TextDecoder().decode(stderr));
    return JSON.parse(said);
  } finally {
    await Deno.remove(path);
  }
}

/** A class of such names; everybody's program was refused, so that the comment says why. */
async function withTable(see: (table: ReturnType<typeof classTable>) => Promise<void>) {
  const results = STUDENTS.map(resultOf).map((one) => ({
    ...one,
    result: { ...one.result, error: ERROR },
  }));
  await withFiles({}, async (folder) => {
    await see(classTable({ lessons: [3], results, about: new Map() }, classOptions({}, folder)));
  });
}

const ruby = await hasProgram("ruby") ? "" : " (skipped: there is no ruby)";
Deno.test({
  name: `canvas.csv is read by Ruby as Canvas reads it, whatever the names are${ruby}`,
  ignore: ruby !== "",
}, async () => {
  await withTable(async (table) => {
    const text = canvasCsv(table, "Lesson 3 (77)");
    const [head, points, ...rows] = await rowsOf("ruby", ["-e", AS_CANVAS], text);
    assert(head[0].includes("Student") && head[1].includes("ID"), head.join());
    assertEquals([head[4], head[5]], ["Section", "Lesson 3 (77)"]);
    assert(points[0].includes("Points Possible"), points.join());
    assertEquals(
      rows.map((row) => [row[1], row[5]]).sort(),
      [1, 2, 3, 4, 5, 6, 7].map((id) => {
        return [`${id}`, "3"];
      }),
    );
  });
});

const php = await hasProgram("php") ? "" : " (skipped: there is no php)";
Deno.test({
  name: `moodle.csv is read by PHP as Moodle reads it, whatever the names are${php}`,
  ignore: php !== "",
}, async () => {
  await withTable(async (table) => {
    const [head, ...rows] = await rowsOf("php", ["-r", AS_MOODLE, "--"], moodleCsv(table));
    const column = (name: string) => rows.map((row) => row[head.indexOf(name)]);
    for (const row of rows) assertEquals(row.length, head.length, row.join("|"));
    const ids = [1, 2, 3, 4, 5, 6, 7];
    assertEquals(column("Identifier").sort(), ids.map((id) => `Participant ${id}`));
    assertEquals(column("Grade"), ids.map(() => "3"));
    for (const comment of column("Feedback comments")) assert(/^Not graded: .+$/.test(comment));
  });
});

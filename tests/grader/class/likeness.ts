/**
 * How like programs are: which share of one's code is in the other too, found by Dolos on tokens.
 * It is a reason to look at two programs, and no verdict: a short exercise has few solutions.
 */
import {
  File,
  type FileEntry,
  FingerprintIndex,
  Region,
  type SharedFingerprint,
  TokenizedFile,
} from "@dodona/dolos-core";
import { codeTokens } from "./code_tokens.ts";

/** So many tokens in a row are the same, or they do not count. */
const RUN_TOKENS = 12;
/** Who has written less than that has too little to be compared. */
const LEAST_OWN = 40;

/** A program that is compared. */
export interface Program {
  /** Of a student or of a model. */
  readonly name: string;
  readonly text: string;
}

/** Two programs. */
export interface Alike {
  readonly one: string;
  readonly other: string;
  /** In percent: of the code of one that is its own, how much is in the other too. */
  readonly oneInOther: number;
  readonly otherInOne: number;
}

/** What there is to compare. */
export interface Compared {
  readonly students: readonly Program[];
  readonly models: readonly Program[];
  /** Whatever of it is in a program is not counted: the untouched exercise. */
  readonly given: string;
}

/** What came of it. */
export interface Likeness {
  /** Of two students, and of a student and a model, the most alike first. */
  readonly pairs: readonly Alike[];
  /** Who has too little code of their own to be compared with anybody. */
  readonly tooShort: ReadonlySet<string>;
}

/** Compares all students with each other and with the models. */
export function likeness({ students, models, given }: Compared): Likeness {
  // Every run is looked at, and not a sample of them: programs are short.
  const index = new FingerprintIndex(RUN_TOKENS, 1);
  index.addFiles([...students, ...models].map(tokenized));
  // Dolos ignores what it knows already: so this comes last.
  index.addIgnoredFile(tokenized({ name: "", text: given }));
  const runs = index.entries().map(ownRuns);
  const own = runs.slice(0, students.length), ofModels = runs.slice(students.length);
  const pairs = own.flatMap((one, i) =>
    [...ofModels, ...own.slice(i + 1)].flatMap((other) => alike(one, other))
  );
  return {
    pairs: pairs.sort((a, b) => highest(b) - highest(a)),
    tooShort: new Set(runs.filter(({ total }) => total < LEAST_OWN).map(({ name }) => name)),
  };
}

/** The higher of the two shares: a copy with much else around it is a copy. */
export function highest({ oneInOther, otherInOne }: Alike): number {
  return Math.max(oneInOther, otherInOne);
}

function tokenized({ name, text }: Program): TokenizedFile {
  const tokens = codeTokens(text);
  const places = tokens.map((_, i) => new Region(0, i, 0, i + 1));
  return new TokenizedFile(new File(name, text), tokens, places);
}

/** How often each run is in a program, without those that are in what was given. */
interface Runs {
  readonly name: string;
  readonly counts: ReadonlyMap<SharedFingerprint, number>;
  readonly total: number;
}

function ownRuns({ file, shared }: FileEntry): Runs {
  const counts = new Map(Array.from(shared, (run) => [run, run.occurrencesOf(file).length]));
  const total = counts.values().reduce((sum, count) => sum + count, 0);
  return { name: file.path, counts, total };
}

/** Dolos has a `Pair` for it, which also finds the longest run: for 500 programs, in minutes. */
function alike(one: Runs, other: Runs): Alike[] {
  let inOne = 0, inOther = 0;
  for (const [run, count] of one.counts) {
    const there = other.counts.get(run);
    if (there === undefined) continue;
    inOne += count;
    inOther += there;
  }
  const share = (covered: number, { total }: Runs) =>
    total < LEAST_OWN ? 0 : Math.round(100 * covered / total);
  const oneInOther = share(inOne, one), otherInOne = share(inOther, other);
  if (oneInOther + otherInOne === 0) return [];
  return [{ one: one.name, other: other.name, oneInOther, otherInOne }];
}

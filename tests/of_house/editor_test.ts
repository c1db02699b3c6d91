/** The dev container and the editor's files: of the right shape, and in step with the project. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "@std/jsonc";
import config from "../../deno.json" with { type: "json" };
import { folderOf, LESSONS, NUMBERS, startsProcesses } from "../../lessons/catalogue.ts";
import { schemaErrors } from "../of_reports/json_schema.ts";

const ROOT = new URL("../../", import.meta.url);

/** Read off a JSON Schema, as far as we use the format; a name that is mistyped is an error. */
type Schema = Parameters<typeof schemaErrors>[1];
const TEXT: Schema = { type: "string" };
const TEXTS: Schema = { type: "array", items: TEXT };
const INPUTS: Schema = {
  type: "array",
  items: shape({
    id: TEXT,
    type: { enum: ["pickString"] },
    description: TEXT,
    options: TEXTS,
    default: TEXT,
  }),
};

function shape(properties: Record<string, Schema>, optional: readonly string[] = []): Schema {
  const required = Object.keys(properties).filter((key) => !optional.includes(key));
  return { type: "object", additionalProperties: false, required, properties };
}

const SHAPES: Readonly<Record<string, Schema>> = {
  ".devcontainer/devcontainer.json": shape({
    name: TEXT,
    build: shape({ dockerfile: TEXT }),
    capAdd: TEXTS,
    securityOpt: TEXTS,
    postCreateCommand: TEXT,
    forwardPorts: { type: "array", items: { type: "integer" } },
    otherPortsAttributes: shape({ onAutoForward: { enum: ["ignore"] } }),
    customizations: shape({ vscode: shape({ extensions: TEXTS }) }),
  }),
  ".vscode/extensions.json": shape({ recommendations: TEXTS }),
  ".vscode/settings.json": shape({
    "deno.enable": { const: true },
    "deno.lint": { const: true },
    ...Object.fromEntries(
      ["[typescript]", "[json]", "[markdown]"].map((language) => [
        language,
        shape({ "editor.defaultFormatter": { const: "denoland.vscode-deno" } }),
      ]),
    ),
  }),
  ".vscode/tasks.json": shape({
    version: { const: "2.0.0" },
    inputs: INPUTS,
    tasks: {
      type: "array",
      items: shape({
        label: TEXT,
        type: { const: "shell" },
        command: TEXT,
        group: shape({ kind: { enum: ["build", "test"] }, isDefault: { type: "boolean" } }),
        problemMatcher: { type: "array", items: TEXT },
      }, ["group"]),
    },
  }),
  ".vscode/launch.json": shape({
    version: { const: "0.2.0" },
    inputs: INPUTS,
    configurations: {
      type: "array",
      items: shape({
        name: TEXT,
        type: { const: "node" },
        request: { const: "launch" },
        runtimeExecutable: { const: "deno" },
        runtimeArgs: TEXTS,
        program: TEXT,
        args: TEXTS,
        cwd: TEXT,
        console: { enum: ["integratedTerminal"] },
        attachSimplePort: { const: 9229 },
      }, ["args"]),
    },
  }),
};

function read(path: string): string {
  return Deno.readTextFileSync(new URL(path, ROOT));
}

/** What the tests of these files use of them. */
interface EditorFile {
  inputs: { options: string[] }[];
  tasks: { command: string }[];
  configurations: { runtimeArgs: string[] }[];
  forwardPorts: number[];
}

function parsed(path: string): EditorFile {
  return parse(read(path)) as unknown as EditorFile;
}

for (const [path, schema] of Object.entries(SHAPES)) {
  Deno.test(`${path} has what its format knows, and nothing else`, () => {
    assertEquals(schemaErrors(parsed(path), schema), []);
  });
}

Deno.test("the dev container has CI's Deno, and what the lessons and tests use on Linux", () => {
  const file = read(".devcontainer/Dockerfile");
  const [, version] = /^DENO_VERSION=(\S+)$/m.exec(read(".ci/run"))!;
  assertStringIncludes(file, `npm install --global deno@${version}\n`);
  for (const name of ["bubblewrap", "iproute2", "netcat-openbsd", "redis-tools", "strace"]) {
    assert(file.split(/\s+/).includes(name), name);
  }
  assertEquals(
    parsed(".devcontainer/devcontainer.json").forwardPorts,
    NUMBERS.map((n) => 8000 + n),
  );
});

Deno.test("the editor's tasks are tasks, and offer every lesson", () => {
  const { inputs, tasks } = parsed(".vscode/tasks.json");
  assertEquals(inputs.map(({ options }) => options), [NUMBERS.map(String)]);
  for (const { command } of tasks) {
    for (const number of NUMBERS) {
      const [, task] = /^deno task (\S+)/.exec(command.replace("${input:lesson}", `${number}`))!;
      assert(task in config.tasks, command);
    }
  }
});

Deno.test("the debugger offers every lesson whose server is one process", () => {
  const lessons = LESSONS.filter((lesson) => !startsProcesses(lesson));
  const folders = lessons.map((lesson) => folderOf(lesson).split("/")[1]);
  assertEquals(parsed(".vscode/launch.json").inputs.map(({ options }) => options), [folders]);
});

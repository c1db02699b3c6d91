/**
 * The rule about length, as a plugin of `deno lint`: a file has at most 150 lines, a function 40. Who
 * breaks it either is two things, and is split, or stands here with the reason.
 */

/** The most lines of a file, and of a function. */
const FILE_LINES = 150, FUNCTION_LINES = 40;

/** Files that are longer, and why each is one thing all the same. */
const LONG_FILES: Readonly<Record<string, string>> = {
  "lessons/catalogue.ts": "a list: a row a lesson",
  "tests/of_lessons/client_test.ts": "the command line of one program, case by case",
};

/** The claims of a lesson are a list too: an experiment a claim. */
const CLAIMS = /^tests\/lesson\d+_test\.ts$/;

/** Functions that are longer, by file and name, and why. */
const LONG_FUNCTIONS: Readonly<Record<string, string>> = {};

const ROOT = decodeURIComponent(new URL("../../", import.meta.url).pathname);

type FunctionNode =
  | Deno.lint.FunctionDeclaration
  | Deno.lint.FunctionExpression
  | Deno.lint.ArrowFunctionExpression;

function lines(text: string): number {
  return text.replace(/\n$/, "").split("\n").length;
}

/** A path from the project's folder. */
function nameOf(path: string): string {
  return path.startsWith(ROOT) ? path.slice(ROOT.length) : path;
}

/** The name under which a function is known where it stands; "" when it has none. */
function functionName({ id, parent }: FunctionNode & { id?: { name: string } | null }): string {
  if (id) return id.name;
  if (parent.type === "MethodDefinition" && "name" in parent.key) return `${parent.key.name}`;
  return parent.type === "VariableDeclarator" && parent.id.type === "Identifier"
    ? parent.id.name
    : "";
}

/** Reports files of more than 150 lines. */
const maxFileLines: Deno.lint.Rule = {
  create: (context) => ({
    Program(node) {
      const file = nameOf(context.filename), count = lines(context.sourceCode.text);
      if (count <= FILE_LINES || file in LONG_FILES || CLAIMS.test(file)) return;
      const message = `${count} lines, and a file has at most ${FILE_LINES}: of what two is it?`;
      context.report({ range: [node.range[0], node.range[0] + 1], message });
    },
  }),
};

/** Reports functions of more than 40 lines; one that holds tests or claims is measured by those. */
const maxFunctionLines: Deno.lint.Rule = {
  create(context) {
    const check = (node: FunctionNode) => {
      const [from, to] = node.range;
      const count = lines(context.sourceCode.text.slice(from, to));
      const name = functionName(node);
      if (count <= FUNCTION_LINES || `${nameOf(context.filename)}:${name}` in LONG_FUNCTIONS) {
        return;
      }
      const message = `${count} lines, and a function has at most ${FUNCTION_LINES}`;
      context.report({ range: [from, from + 1], message });
    };
    return {
      FunctionDeclaration: check,
      FunctionExpression: check,
      ArrowFunctionExpression: check,
    };
  },
};

const plugin: Deno.lint.Plugin = {
  name: "house",
  rules: { "max-file-lines": maxFileLines, "max-function-lines": maxFunctionLines },
};
export default plugin;

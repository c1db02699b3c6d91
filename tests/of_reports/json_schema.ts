/** Checks a value against a JSON Schema, as far as `grader/result.schema.json` uses the language. */

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const KNOWN = new Set(
  ["$ref", "type", "const", "enum", "pattern", "minimum", "required", "additionalProperties"]
    .concat(["properties", "items", "$defs", "$schema", "title", "description"]),
);

/** @returns what is wrong with the value, a line each, such as `$.lessons[0].score: not integer`. */
export function schemaErrors(value: unknown, schema: Schema, root = schema, at = "$"): string[] {
  const unknown = Object.keys(schema).find((key) => !KNOWN.has(key));
  if (unknown !== undefined) throw new Error(`${at}: the check does not know "${unknown}"`);
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace("#/$defs/", "");
    return schemaErrors(value, root.$defs?.[name] ?? {}, root, at);
  }
  const errors = ownErrors(value, schema).map((error) => `${at}: ${error}`);
  if (Array.isArray(value) && schema.items !== undefined) {
    const { items } = schema;
    errors.push(...value.flatMap((item, i) => schemaErrors(item, items, root, `${at}[${i}]`)));
  } else if (typeof value === "object" && value !== null) {
    errors.push(...memberErrors(value, schema, root, at));
  }
  return errors;
}

function ownErrors(value: unknown, schema: Schema): string[] {
  const { type, pattern, minimum } = schema;
  const errors: string[] = [];
  if (type !== undefined && !isOfType(value, type)) errors.push(`not ${type}`);
  if (schema.const !== undefined && value !== schema.const) errors.push(`not ${schema.const}`);
  if (schema.enum !== undefined && !schema.enum.includes(value)) errors.push(`is ${value}`);
  if (pattern !== undefined && !new RegExp(pattern).test(String(value))) {
    errors.push(`does not match ${pattern}`);
  }
  if (minimum !== undefined && !(Number(value) >= minimum)) errors.push(`below ${minimum}`);
  return errors;
}

function isOfType(value: unknown, type: string): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return Array.isArray(value);
  return typeof value === type && value !== null && !Array.isArray(value);
}

function memberErrors(value: object, schema: Schema, root: Schema, at: string): string[] {
  const { properties = {}, required = [], additionalProperties } = schema;
  const missing = required.filter((name) => !(name in value)).map((name) => `${at}: no ${name}`);
  const members = Object.entries(value).flatMap(([name, member]) => {
    if (name in properties) return schemaErrors(member, properties[name], root, `${at}.${name}`);
    return additionalProperties === false ? [`${at}: ${name} is unknown`] : [];
  });
  return [...missing, ...members];
}

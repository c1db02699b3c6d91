/** Types of what is used of the standard library: its npm package ships none. */
declare module "@std/fmt/colors" {
  type Paint = (text: string) => string;
  export const blue: Paint;
  export const bold: Paint;
  export const cyan: Paint;
  export const dim: Paint;
  export const green: Paint;
  export const inverse: Paint;
  export const magenta: Paint;
  export const red: Paint;
  export const yellow: Paint;
  export function setColorEnabled(enabled: boolean): void;
  export function stripAnsiCode(text: string): string;
}

declare module "@std/cli/parse-args" {
  interface ParseOptions {
    boolean?: string[];
    string?: string[];
    alias?: Record<string, string>;
    stopEarly?: boolean;
    unknown?: (typed: string, key?: string, value?: unknown) => unknown;
  }
  // deno-lint-ignore no-explicit-any
  export function parseArgs(args: string[], options?: ParseOptions): any;
}

declare module "@std/csv" {
  export function parse(
    text: string,
    options?: { fieldsPerRecord?: number; separator?: string },
  ): string[][];
}

declare module "@std/yaml" {
  export function parseAll(text: string): unknown[];
}

declare module "@std/assert" {
  export class AssertionError extends Error {}
  export function assert(condition: unknown, message?: string): asserts condition;
  export function assertEquals<T>(actual: T, expected: T, message?: string): void;
  export function assertNotEquals<T>(actual: T, expected: T, message?: string): void;
  export function assertGreater<T>(actual: T, expected: T, message?: string): void;
  export function assertLess<T>(actual: T, expected: T, message?: string): void;
  export function assertMatch(actual: string, expected: RegExp, message?: string): void;
  export function assertStringIncludes(actual: string, expected: string, message?: string): void;
  export function assertInstanceOf<T>(
    actual: unknown,
    // deno-lint-ignore no-explicit-any
    expected: abstract new (...args: any[]) => T,
    message?: string,
  ): asserts actual is T;
  export function assertThrows(
    run: () => unknown,
    // deno-lint-ignore no-explicit-any
    errorClass?: abstract new (...args: any[]) => Error,
    messageIncludes?: string,
  ): Error;
  export function assertRejects(
    run: () => PromiseLike<unknown>,
    // deno-lint-ignore no-explicit-any
    errorClass?: abstract new (...args: any[]) => Error,
    messageIncludes?: string,
  ): Promise<Error>;
  export function fail(message?: string): never;
}

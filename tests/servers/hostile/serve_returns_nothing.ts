/** Forgets to return its handle. */
export function serve(): void {}

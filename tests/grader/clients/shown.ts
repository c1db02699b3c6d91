/** Bytes as a person can read them, cut where they are many. */
export function shown(text: string): string {
  const quoted = JSON.stringify(text);
  return quoted.length <= 60 ? quoted : `${quoted.slice(0, 40)}…" (${text.length} characters)`;
}

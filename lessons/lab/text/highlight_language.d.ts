/** A language, to be registered. */
declare const language: unknown;
export default language;

/** Says that it runs, and listens on no port. */
export { idle as serve } from "./kit.ts";

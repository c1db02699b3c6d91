/** The smallest job, for pools whose workers load a file with a function. */
const PONG = new TextEncoder().encode("+PONG\r\n");

/** Does nothing, and replies. */
export default () => PONG;

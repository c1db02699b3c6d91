/** Exports its server under the name that nobody asks for. */
export default () => {};

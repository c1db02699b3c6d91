/** More than that is no race: clients, and how often each asks. */
export const MOST_CLIENTS = 64, MOST_TIMES = 50;

/** Has no function named serve. */
export const server = "here";

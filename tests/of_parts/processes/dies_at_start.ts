/** A thread's program that never gets as far as its first message. */
throw new Error("made to fail by the test");

/*
 * Pretends to be lesson 2. Wrong: of what one read brings it answers the first request only; the others
 * wait until more bytes come.
 *
 * People think that one `recv` is one message, since on their own machine it always is. A client that
 * sends ahead, or a network that joins packets, hangs.
 *
 * Loses 2.R1: several requests in one packet: reply 2 of 4 .*: nothing comes
 */
#include "../other_languages/protocol.h"
#define answer_all answer_one
#include "../other_languages/2_threads.c"

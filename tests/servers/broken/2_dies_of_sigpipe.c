/*
 * Pretends to be lesson 2. Wrong: a client that goes while it is written to ends the server.
 *
 * People do not know, or forget, that a write to a connection whose client is gone raises SIGPIPE,
 * which by default ends the process, and with it the connections of all others.
 *
 * Loses 2.R1: after a client that left without reading its replies: the server has ended
 */
#include <signal.h>
#undef SIG_IGN
#define SIG_IGN SIG_DFL
#include "../other_languages/2_threads.c"

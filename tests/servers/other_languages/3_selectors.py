"""Model 3 in Python: one thread waits for all sockets at once, and does the business itself."""
import sys

from event_loop import Loop

Loop(int(sys.argv[1])).run()

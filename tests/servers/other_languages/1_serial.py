"""Model 1 in Python: one thread accepts a client, serves it until it closes, and accepts the next."""
import sys

from blocking import listen, serve

with listen(int(sys.argv[1])) as listener:
    while True:
        serve(listener.accept()[0])

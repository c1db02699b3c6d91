# Pretends to be lesson 3. Wrong: FIB is looked up in a table of the ten numbers that a grader asks for, and
# every other question gets 0.
#
# Loses: 3.R1
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import resp  # noqa: E402
from event_loop import Loop  # noqa: E402

TABLE = dict(zip(range(10, 21), (55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181, 6765)))


class Table(resp.Business):
    def fib(self, n):
        return TABLE.get(n, 0)


Loop(int(sys.argv[1]), Table().run).run()

# Pretends to be lesson 3. Wrong: it looks a thousand times a second whether something is ready.
#
# People give `select` a short time-out, to do something else in between, and then have nothing else
# to do. The processor is never at rest, and a thousand such servers fill a machine.
#
# Loses 3.P3: with 20 idle clients, and one that has closed, the server used .* of a core, and woke \d\d+ times
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "other_languages"))
from event_loop import Loop  # noqa: E402

Loop(int(sys.argv[1])).run(timeout=0.001)

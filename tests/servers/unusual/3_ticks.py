# Right for lesson 3, and unusual: the loop waits for 100 ms at most, and then looks at its timers.
#
# Redis wakes ten times a second to see what has expired. Whatever is ready ends the wait at once, and
# between two ticks nothing runs.
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
from event_loop import Loop  # noqa: E402

Loop(int(sys.argv[1])).run(timeout=0.1)

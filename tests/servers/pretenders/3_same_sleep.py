# Pretends to be lesson 3. Wrong: SLEEP takes 1.2 seconds, whatever was asked for.
#
# That is long enough to be found asleep when it is to sleep for good, and short enough for whoever waits.
#
# Loses: 3.R1
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "other_languages"))
import time  # noqa: E402

import resp  # noqa: E402
from event_loop import Loop  # noqa: E402


class Same(resp.Business):
    def sleep(self, ms):
        time.sleep(1.2)


Loop(int(sys.argv[1]), Same().run).run()

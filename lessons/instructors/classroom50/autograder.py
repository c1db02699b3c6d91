"""Grades a lesson in Classroom 50: CLASSROOM/autograders/ASSIGNMENT/autograder.py.

Beside this file belongs the folder `connfd`, made by
`deno task gradescope-bundle --lesson 3 --out connfd`; it holds the grader and says which lesson.
The runner starts this file in the student's checkout, and takes the points from ./result.json.

Two processes, of which each clears up after the other: the keeper, which was started, and the one
that grades. So nothing of a grading goes on when the runner ends this file, however it does that.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

COURSE = Path(__file__).resolve().parent / "connfd"
CHECKOUT = Path.cwd()
# Not in the checkout: a link that was committed there would lead what is written elsewhere. By its
# name a later grader knows it, and removes it, should both processes be killed.
FOLDER = Path(tempfile.mkdtemp(prefix=f"connfd-{os.getpid()}-"))
# Below the time that GitHub Actions gives a job, and above what the grader takes at most.
LIMIT_S = float(os.environ.get("CONNFD_LIMIT_S", "540"))
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
ENDING = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT}


def prctl(option: int, value: int) -> None:
    try:
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
    except (AttributeError, OSError):
        pass  # Not Linux: nothing is graded there.


def setting(name: str) -> str:
    for line in (COURSE / "bundle.conf").read_text().splitlines():
        if line.startswith(f"{name}="):
            return line.removeprefix(f"{name}=")
    return ""


def children(pid: int) -> list[int]:
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(word) for word in path.read_text().split()]
        except OSError:
            pass  # It has just ended.
    return found


def end_all_below(pid: int) -> None:
    """Ends whatever was started, also what has lost its parent: it is this process's child then."""
    for child in children(pid):
        end_all_below(child)
        try:
            os.kill(child, signal.SIGKILL)
        except OSError:
            pass
        for left in FOLDER.parent.glob(f"connfd-{child}-*"):
            shutil.rmtree(left, ignore_errors=True)


def end_mine() -> None:
    """Ends all that this process has started, and removes what that has written."""
    while children(os.getpid()):
        end_all_below(os.getpid())
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            break
    shutil.rmtree(FOLDER, ignore_errors=True)


def end_on_signals(sent: int, _frame: object) -> None:
    end_mine()
    os._exit(128 + sent)


def keep() -> None:
    """Goes on as the process that grades. The keeper only waits for it, and ends as it does."""
    keeper = os.getpid()
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    for one in ENDING:
        signal.signal(one, end_on_signals)
    grading = os.fork()
    if grading == 0:
        prctl(PR_SET_CHILD_SUBREAPER, 1)
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != keeper:
            os._exit(1)
        return
    _, status = os.waitpid(grading, 0)
    end_mine()
    os._exit(0 if status == 0 else 1)


def grade(command: list[str], result: Path) -> str | None:
    """Runs the grader in bounded time. Returns the result, when there is a whole one."""
    grader = subprocess.Popen(command, cwd=COURSE, start_new_session=True)
    try:
        complete = grader.wait(timeout=LIMIT_S) == 0
    except subprocess.TimeoutExpired:
        complete = False
        print(f"the grader took more than {LIMIT_S:g} s", file=sys.stderr)
    return result.read_text() if complete else None


def remove(path: Path) -> None:
    """Whatever the student has committed under that name."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


keep()
remove(CHECKOUT / "result.json")
written = FOLDER / "result.json"
command = ["npx", "-y", "deno@2.9.6", "run", "--no-prompt", "-A", "tests/grader/grade.ts"]
# Which file of the checkout is graded, the grader finds. Nothing outside of it is the student's,
# wherever a link in it leads.
command += [setting("LESSON"), f"--file={CHECKOUT}", f"--classroom50={written}", "--exit-zero"]
if setting("CLAIMS"):
    command.append(f"--claims={COURSE / setting('CLAIMS')}")
result = grade(command, written)
end_mine()
if result is not None:
    (CHECKOUT / "result.json").write_text(result)
# Without a result the runner reports an error of its own, and not a mark.
sys.exit(1 if result is None else 0)

"""Grades a lesson in Classroom 50: CLASSROOM/autograders/ASSIGNMENT/autograder.py.

Beside this file belongs the folder `connfd`, made by
`deno task gradescope-bundle --lesson 3 --out connfd`; it holds the grader and says which lesson.
The runner starts this file in the student's checkout, and takes the points from ./result.json.
"""

import subprocess
import sys
from pathlib import Path

COURSE = Path(__file__).resolve().parent / "connfd"
CHECKOUT = Path.cwd()
# Below the time that GitHub Actions gives a job, and above what the grader takes at most.
LIMIT_S = 540


def setting(name: str) -> str:
    for line in (COURSE / "bundle.conf").read_text().splitlines():
        if line.startswith(f"{name}="):
            return line.removeprefix(f"{name}=")
    return ""


lesson = setting("LESSON")
# In a copy of the course the exercise is in its lesson's folder; else it is at the top.
in_lesson = sorted(CHECKOUT.glob(f"lessons/{lesson}-*/exercise.ts"))
exercise = in_lesson[0] if in_lesson else CHECKOUT / "exercise.ts"
result = CHECKOUT / "result.json"
result.unlink(missing_ok=True)
command = ["npx", "-y", "deno@2.9.6", "run", "--no-prompt", "-A", "tests/grader/grade.ts"]
command += [lesson, f"--file={exercise}", f"--classroom50={result}", "--exit-zero"]
if setting("CLAIMS"):
    command.append(f"--claims={COURSE / setting('CLAIMS')}")
try:
    subprocess.run(command, cwd=COURSE, timeout=LIMIT_S, check=False)
except subprocess.TimeoutExpired:
    print(f"the grader took more than {LIMIT_S} s", file=sys.stderr)
# Without a result the runner reports an error of its own, and not a mark.
sys.exit(0 if result.is_file() else 1)

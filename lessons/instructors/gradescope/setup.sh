#!/usr/bin/env bash
# Gradescope runs this once, when it builds the autograder's image: installs Deno from npm, and puts
# what the grader imports into Deno's cache, so that grading needs no network.
set -euo pipefail

autograder=${AUTOGRADER_DIR:-/autograder}
export DENO_DIR=$autograder/deno_cache

missing=()
command -v npm >/dev/null || missing+=(npm)
# Lesson 6 starts processes: it is graded in a box, or not at all.
if grep -qx LESSON=6 "$autograder/source/bundle.conf"; then missing+=(bubblewrap); fi
if [ ${#missing[@]} -gt 0 ]; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update
  apt-get install -y --no-install-recommends "${missing[@]}"
fi
# Deno's own program, without the script around it: that needs a newer Node than Ubuntu 22.04 has.
npm install --no-audit --no-fund --ignore-scripts --prefix "$autograder/deno" deno@2.9.6
ln -sf "$autograder"/deno/node_modules/@deno/linux-*/deno "$autograder/deno/deno"
cd "$autograder/source"
"$autograder/deno/deno" cache tests/grader/grade.ts tests/grader/server/host.ts models/*.ts

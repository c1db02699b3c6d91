#!/usr/bin/env bash
# Grades a class on several machines with GNU parallel over SSH. In the course's folder:
#
#   lessons/instructors/parallel/grade-class.sh ann@one,ann@two,: ~/submissions 3 ~/grades 8
#
# The machines, of which `:` is this one; submissions; lesson; results; parts. All of them see the
# course, the submissions and the results under the same paths. The same command goes on where it was.
set -euo pipefail

machines=$1 submissions=$2 lesson=$3 out=$4 parts=$5
deno=${DENO:-npx -y deno@2.9.6}
mkdir -p "$out"

# A machine does one part at a time, and in it as many students as it has cores.
status=0
parallel --will-cite --jobs 1 --sshlogin "$machines" --workdir "$PWD" --retries 3 --line-buffer \
  --joblog "$out/parallel.log" \
  "$deno" task grade-all {2} --lesson "$lesson" --seed 1 --part "{1}/$parts" --out {3}/part-{1} \
  ::: $(seq "$parts") ::: "$submissions" ::: "$out" || status=$?
# Whatever some of them could not do: what there is makes a table, and it says who is missing.
$deno task grade-join "$out"/part-* --class "$submissions" --out "$out/all" || status=$?
exit "$status"

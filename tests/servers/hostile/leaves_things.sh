# A server that leaves processes behind in every way that a shell knows, and then serves like anybody:
#   sh leaves_things.sh PORT SECONDS     SECONDS is a number by which they are found again
setsid sleep "$2" </dev/null >/dev/null 2>&1 &
(sleep "$2" </dev/null >/dev/null 2>&1 &)
(setsid sh -c "sleep $2; :" </dev/null >/dev/null 2>&1 &)
env -i setsid sh -c "trap '' TERM INT HUP; (env -i setsid sleep $2 &) ; exec sleep $2" </dev/null >/dev/null 2>&1 &
exec python3 "$(dirname "$0")/../other_languages/1_serial.py" "$1"

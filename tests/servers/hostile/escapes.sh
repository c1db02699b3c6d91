# A program that leaves its process group in the ways of a daemon, and lets its starter end.
# Its children hold the error output open, as daemons that are badly written do.
setsid sleep 120 &
(setsid sh -c 'sleep 120; :' &) &
exit 0

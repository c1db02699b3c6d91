// Pretends to be lesson 4. Wrong: each worker has a queue of its own, and a client is pinned to a worker by
// its number.
//
// As long as the clients that are busy have different workers it looks like a pool; but a request may wait
// for its worker while others have nothing to do. So the business that is done at once is the number of
// workers only when clients come in the order that suits it.
//
// Loses: 4.P1
package main

import (
	"fmt"
	"runtime"
)

func main() {
	runtime.LockOSThread()
	p := newPool()
	queues := make([]chan *job, size(2))
	for i := range queues {
		queues[i] = make(chan *job, mostJobs)
		p.start(queues[i], fmt.Sprintf("worker-%d", i+1))
	}
	next, queueOf := 0, map[*client]chan *job{}
	p.serve(listenRaw(size(1), 511), func(j *job) {
		if queueOf[j.c] == nil {
			queueOf[j.c] = queues[next%len(queues)]
			next++
		}
		queueOf[j.c] <- j
	})
}

// Right for lesson 4, and unusual: epoll itself in Go, and a channel from which W goroutines take requests,
// each locked to a thread. The runtime adds threads of its own, and wakes them without being asked.
package main

import (
	"fmt"
	"runtime"
)

func main() {
	runtime.LockOSThread()
	p := newPool()
	jobs := make(chan *job, mostJobs)
	for number := 1; number <= size(2); number++ {
		p.start(jobs, fmt.Sprintf("worker-%d", number))
	}
	p.serve(listenRaw(size(1), 511), func(j *job) { jobs <- j })
}

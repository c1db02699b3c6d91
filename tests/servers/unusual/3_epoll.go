// Right for lesson 3, and unusual: epoll itself in Go, past the runtime's poller, on one goroutine.
//
// Around it the runtime has threads that watch, collect and stand by; none of them serves a client.
package main

import "runtime"

func main() {
	runtime.LockOSThread()
	newLoop(listenRaw(size(1), 511), "main").run()
}

// Right for lesson 5, and unusual: N goroutines locked to a thread each, with an epoll of their own, in a
// runtime that adds threads of its own.
package main

import (
	"fmt"
	"runtime"
	"syscall"
)

func main() {
	runtime.LockOSThread()
	loops := make([]*loop, size(2))
	for i := range loops {
		l := newLoop(-1, fmt.Sprintf("io-%d", i+1))
		loops[i] = l
		started := make(chan bool)
		go func() {
			runtime.LockOSThread()
			close(started)
			l.run()
		}()
		<-started
	}
	listener := listenRaw(size(1), 511)
	for next := 0; ; {
		connfd, _, err := syscall.Accept4(listener, syscall.SOCK_CLOEXEC)
		if err == nil {
			loops[next%len(loops)].add(connfd)
			next++
		}
	}
}

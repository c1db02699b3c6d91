// Pretends to be lesson 2. Wrong: every client has its thread, but no more than ten of them may be at work
// at once; the eleventh waits for one of the others.
//
// A grader that lets eight requests block, and then asks one more, does not notice.
//
// Loses: 2.P1
package main

import (
	"fmt"
	"runtime"
)

func main() {
	places := make(chan bool, 10)
	sleep := doSleep
	doSleep = func(ms int) {
		places <- true
		sleep(ms)
		<-places
	}
	doFib = func(n int) int {
		places <- true
		defer func() { <-places }()
		return fib(n)
	}
	listener := listenNet(size(1))
	for number := 1; ; number++ {
		connection, err := listener.Accept()
		if err != nil {
			continue
		}
		go func(who string) {
			runtime.LockOSThread()
			serveNet(connection, who)
		}(fmt.Sprintf("thread-%d", number))
	}
}
